import type { Scenarios } from './scenario.ts';

const start = `
  o = Order {label: "o"}
  w = Order {label: "w"}
  i = Item {label: "i", order: o}
  j = Item {label: "j", order: o}
  add o w
  commit`;

/** What goes with its owner, and what is left without one. */
export const cascades: Scenarios = {
  'an owner that is removed takes its items along': {
    script: `
      ${start}
      look o.items
      look i.order
      look j.order
      remove o
      flush
      show
      commit
      show`,
  },
  'an owner that is removed takes along items that were not loaded': {
    script: `
      ${start}
      look i.order
      look j.order
      remove o
      commit
      show`,
  },
  'an owner that is removed and rolled back after the flush': {
    script: `
      ${start}
      remove o
      flush
      rollback
      show`,
  },
  'an orphan is removed': {
    script: `
      ${start}
      drop o.items i
      flush
      show
      commit
      show`,
  },
  'an orphan is removed and rolled back': {
    script: `
      ${start}
      drop o.items i
      flush
      rollback
      show
      commit
      show`,
  },
  'an orphan that is given to another owner is none': {
    script: `
      ${start}
      look w.items
      drop o.items i
      append w.items i
      show
      commit
      show`,
  },
  'an item that moves by its own side': {
    script: `
      ${start}
      look o.items
      look w.items
      set i.order w
      show
      commit
      show`,
  },
  'items that are exchanged': {
    script: `
      ${start}
      k = Item {label: "k"}
      set o.items [k j]
      show
      commit
      show`,
    differs: {
      '38: an orphan is deleted from the moment that it is let go, and goes with the flush': [
        'seen.0.saw.states.i: "persistent dirty" → "deleted deleted"',
        'seen.0.saw.rows.items.0.0: "j" → "i"',
        'seen.0.saw.rows.items.1.0: "k" → "j"',
      ],
    },
  },
  'a new orphan is not written': {
    script: `
      ${start}
      k = Item {label: "k"}
      append o.items k
      drop o.items k
      states
      commit
      show`,
  },
  'an orphan by its own side': {
    script: `
      ${start}
      look o.items
      set i.order null
      flush
      show
      commit
      show`,
  },
  'an orphan by its own side, rolled back': {
    script: `
      ${start}
      look o.items
      set i.order null
      flush
      rollback
      show
      commit
      show`,
  },
  'an orphan by its own side that is given to another owner is none': {
    script: `
      ${start}
      look o.items
      look w.items
      set i.order null
      set i.order w
      show
      commit
      show`,
  },
  'an orphan by its own side that is put back is none': {
    script: `
      ${start}
      look o.items
      set i.order null
      append o.items i
      commit
      show`,
  },
  'a new orphan of a new owner is not written': {
    script: `
      o = Order {label: "o"}
      i = Item {label: "i", order: o}
      j = Item {label: "j", order: o}
      add o
      drop o.items i
      set j.order null
      states
      commit
      show`,
  },
  'a new orphan that is put back is written': {
    script: `
      o = Order {label: "o"}
      i = Item {label: "i", order: o}
      add o
      drop o.items i
      append o.items i
      states
      commit
      show`,
  },
  'an item that is removed, while its owner is': {
    script: `
      ${start}
      look o.items
      look i.order
      look j.order
      remove i
      remove o
      commit
      show`,
  },
  'an owner that is removed after it lost an item to another': {
    script: `
      ${start}
      look o.items
      look i.order
      look j.order
      set i.order w
      remove o
      commit
      show`,
  },
  'a new owner with new items is added and expunged': {
    script: `
      o = Order {label: "o"}
      i = Item {label: "i", order: o}
      add o
      states
      expunge o
      states
      commit
      show`,
  },
  'an item is added before its owner': {
    script: `
      i = Item {label: "i"}
      add i
      o = Order {label: "o"}
      append o.items i
      states
      commit
      show`,
  },
};
