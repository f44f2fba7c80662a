import { types } from 'node:util';
import { type Kind, Unfit, type ValueLimits } from './kind.ts';

const MOMENT =
  /^(\d{4}|[-+]\d{6})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,3})0*)?)?\s*(Z|[-+]\d\d(?::?\d\d)?)?)?$/i;
const TIME = /^(\d{2,3})(:[0-5]\d)(?::([0-5]\d(?:\.\d{1,6})?))?(\s*(?:Z|[-+]\d\d(?::?\d\d)?))?$/;

/**
 * Moments, which are a Date.
 *
 * @param zone the time zone of a text that names none, as MikroORM has it: `Z`, an offset, or undefined for the process's
 */
export function moments(limits: ValueLimits, zone: string | undefined): Kind {
  const isKept = yearsIn(limits);
  return {
    label: 'a date',
    read(value) {
      const date =
        typeof value === 'string'
          ? parseMoment(value, zone)
          : typeof value === 'number'
            ? new Date(value)
            : value;
      if (!types.isDate(date) || !isKept(date.getUTCFullYear())) return new Unfit(value);
      return own(date);
    },
  };
}

/**
 * Days, which are a text such as `2024-02-29`, or a Date where the property is declared so. A moment is on its day.
 *
 * @param zone as in {@link moments}
 */
export function days(limits: ValueLimits, zone: string | undefined, isDate: boolean): Kind {
  const isKept = yearsIn(limits);
  return {
    label: isDate ? 'a date' : 'a day, as 2024-02-29,',
    read(value) {
      const date = typeof value === 'string' ? parseMoment(value, zone) : value;
      if (!types.isDate(date) || !isKept(date.getUTCFullYear())) return new Unfit(value);
      if (isDate) return own(date);
      return typeof value === 'string' && !value.includes(':')
        ? value.trim()
        : date.toISOString().slice(0, 10);
    },
  };
}

/** Times of a day, which are a text such as `23:59:59`; some databases have hours beyond a day. */
export function times({ lastHour = 23 }: ValueLimits): Kind {
  return {
    label: 'a time, as 23:59:59,',
    read(value) {
      const [, hour, minute, second = '00', zone = ''] =
        (typeof value === 'string' && TIME.exec(value)) || [];
      return hour === undefined || Number(hour) > lastHour
        ? new Unfit(value)
        : `${hour}${minute}:${second}${zone}`;
    },
  };
}

/** MikroORM knows only the dates of its own realm. */
function own(date: Date): Date {
  return date instanceof Date ? date : new Date(date);
}

function parseMoment(text: string, zone: string | undefined): Date | undefined {
  const match = MOMENT.exec(text.trim());
  if (match === null) return undefined;
  const [, year = '', month = '', day = '', hour = '00', minute = '00', second = '00', fraction = ''] = match;
  const written = match[8]?.toUpperCase() ?? zone ?? '';
  const offset = /^[-+]\d\d$/.test(written) ? `${written}:00` : written.replace(/(\d\d)(\d\d)$/, '$1:$2');
  const clock = `${hour}:${minute}:${second}.${fraction.padEnd(3, '0')}`;
  const date = new Date(
    `${year}-${month}-${day}T${clock}${/^(?:Z|[-+]\d\d:\d\d)$/.test(offset) ? offset : ''}`,
  );
  // JavaScript takes the 30th of February for the 1st or 2nd of March.
  const isReal = new Date(Date.UTC(2000, Number(month) - 1, Number(day))).getUTCDate() === Number(day);
  const isLeap = month !== '02' || day !== '29' || new Date(`${year}-02-29T00:00:00Z`).getUTCMonth() === 1;
  return Number.isNaN(date.getTime()) || !isReal || !isLeap ? undefined : date;
}

function yearsIn({ years: [first, last] = [-Infinity, Infinity] }: ValueLimits): (year: number) => boolean {
  return year => year >= first && year <= last;
}
