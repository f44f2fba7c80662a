"""Plays scenarios in SQLAlchemy: one in a line of JSON on stdin, what was seen in a line of JSON on stdout."""

import json
import sys
import warnings

from sqlalchemy import Column, ForeignKey, Integer, String, Table, create_engine, event, inspect
from sqlalchemy import exc as sa_exc
from sqlalchemy.orm.interfaces import MANYTOONE
from sqlalchemy.orm import declarative_base, make_transient, exc as orm_exc, relationship, sessionmaker

warnings.simplefilter("ignore")
Base = declarative_base()


def key():
    return Column(Integer, primary_key=True)


posts_tags = Table(
    "posts_tags",
    Base.metadata,
    Column("post_id", ForeignKey("posts.id"), primary_key=True),
    Column("tag_id", ForeignKey("tags.id"), primary_key=True),
)


class Labelled:
    def __init__(self, **fields):
        for name, value in fields.items():
            setattr(self, name, value)


class User(Labelled, Base):
    __tablename__ = "users"
    id = key()
    name = Column(String(20), nullable=False, unique=True)
    email = Column(String(40))
    posts = relationship("Post", back_populates="author", order_by="Post.id")
    profile = relationship("Profile", back_populates="user", uselist=False)
    marks = relationship("Mark", back_populates="user", order_by="Mark.course")


class Post(Labelled, Base):
    __tablename__ = "posts"
    id = key()
    title = Column(String(20), nullable=False)
    body = Column(String(20))
    author_id = Column(ForeignKey("users.id"))
    author = relationship("User", back_populates="posts")
    tags = relationship("Tag", secondary=posts_tags, back_populates="posts")


class Tag(Labelled, Base):
    __tablename__ = "tags"
    id = key()
    name = Column(String(20), nullable=False, unique=True)
    posts = relationship("Post", secondary=posts_tags, back_populates="tags")


class Profile(Labelled, Base):
    __tablename__ = "profiles"
    id = key()
    bio = Column(String(20), nullable=False)
    user_id = Column(ForeignKey("users.id"), unique=True)
    user = relationship("User", back_populates="profile")


class Country(Labelled, Base):
    __tablename__ = "countries"
    code = Column(String(2), primary_key=True)
    name = Column(String(20), nullable=False)


class Mark(Labelled, Base):
    __tablename__ = "marks"
    user_id = Column(ForeignKey("users.id"), primary_key=True)
    course = Column(String(20), primary_key=True)
    value = Column(Integer, nullable=False)
    user = relationship("User", back_populates="marks")


class Doc(Labelled, Base):
    __tablename__ = "docs"
    id = key()
    title = Column(String(20), nullable=False)
    version = Column(Integer, nullable=False)
    __mapper_args__ = {"version_id_col": version}


class Order(Labelled, Base):
    __tablename__ = "orders"
    id = key()
    label = Column(String(20), nullable=False)
    items = relationship(
        "Item", back_populates="order", order_by="Item.id", cascade="all, delete-orphan"
    )


class Item(Labelled, Base):
    __tablename__ = "items"
    id = key()
    label = Column(String(20), nullable=False)
    order_id = Column(ForeignKey("orders.id"), nullable=False)
    order = relationship("Order", back_populates="items")


CLASSES = {cls.__name__: cls for cls in (User, Post, Tag, Profile, Country, Mark, Doc, Order, Item)}

ERRORS = [
    (orm_exc.StaleDataError, "stale"),
    (orm_exc.ObjectDeletedError, "gone"),
    (orm_exc.DetachedInstanceError, "detached"),
    (sa_exc.PendingRollbackError, "rollback first"),
    (sa_exc.InvalidRequestError, "invalid"),
    (orm_exc.UnmappedInstanceError, "invalid"),
]


def kind_of(error):
    if isinstance(error, sa_exc.IntegrityError) or isinstance(error, sa_exc.DBAPIError):
        text = str(error.orig).lower()
        for word in ("unique", "not null", "not-null", "foreign key"):
            if word in text:
                return word.replace("not-null", "not null")
        return text
    if isinstance(error, AssertionError) and "blank-out primary key" in str(error):
        return "not null"
    if "Could not refresh instance" in str(error):
        return "gone"
    for cls, kind in ERRORS:
        if isinstance(error, cls):
            return kind
    return type(error).__name__ + ": " + str(error)


SEEING = {"look", "count", "all", "is", "states", "show", "update", "delete"}


class Player:
    def __init__(self, engine, request):
        self.engine = engine
        self.session = sessionmaker(engine)()
        self.dump = request["dump"]
        self.vars = {}
        self.seen = []

    def run(self, steps):
        for step in steps:
            if step.get("side") == "shell":
                continue
            if step["op"] == "nested":
                self.nested(step)
                continue
            try:
                note = getattr(self, "do_" + step["op"])(*step["args"])
                if step["op"] in SEEING:
                    self.seen.append({"step": step["text"], "saw": note})
            except Exception as error:
                self.seen.append({"step": step["text"], "error": kind_of(error)})

    def nested(self, step):
        try:
            point = self.session.begin_nested()
        except Exception as error:
            self.seen.append({"step": step["text"], "error": kind_of(error)})
            return
        self.run(step["steps"])
        try:
            point.rollback() if step["fails"] else point.commit()
        except Exception as error:
            self.seen.append({"step": "end", "error": kind_of(error)})
            point.rollback()

    def value(self, given):
        if isinstance(given, dict) and "var" in given:
            return self.vars[given["var"]]
        if isinstance(given, dict) and "vars" in given:
            return [self.vars[name] for name in given["vars"]]
        return given

    def fields(self, given):
        return {name: self.value(value) for name, value in given.items()}

    def do_new(self, name, cls, fields):
        self.vars[name] = CLASSES[cls](**self.fields(fields))

    def do_add(self, *names):
        self.session.add_all([self.vars[name] for name in names])

    def do_remove(self, name):
        self.session.delete(self.vars[name])

    def do_set(self, name, field, value):
        setattr(self.vars[name], field, self.value(value))

    def do_append(self, name, field, member):
        getattr(self.vars[name], field).append(self.vars[member])

    def do_drop(self, name, field, member):
        getattr(self.vars[name], field).remove(self.vars[member])

    def do_commit(self):
        self.session.commit()

    def do_flush(self):
        self.session.flush()

    def do_rollback(self):
        self.session.rollback()

    def do_expire(self, name):
        self.session.expire(self.vars[name])

    def do_refresh(self, name):
        self.session.refresh(self.vars[name])

    def do_expunge(self, name):
        self.session.expunge(self.vars[name])

    def do_transient(self, name):
        make_transient(self.vars[name])

    def do_merge(self, name, of):
        self.vars[name] = self.session.merge(self.vars[of])

    def do_get(self, name, cls, given):
        self.vars[name] = self.session.get(CLASSES[cls], given)

    def do_same(self, name, of):
        """The object with the key of another one."""
        other = self.vars[of]
        self.vars[name] = self.session.get(type(other), inspect(other).identity)

    def do_find(self, name, cls, fields):
        self.vars[name] = self.session.query(CLASSES[cls]).filter_by(**self.fields(fields)).one_or_none()

    def do_all(self, cls):
        return sorted(self.label(one) for one in self.session.query(CLASSES[cls]).all())

    def do_count(self, cls):
        return self.session.query(CLASSES[cls]).count()

    def do_update(self, cls, where, values):
        query = self.session.query(CLASSES[cls]).filter_by(**self.fields(where))
        return query.update(self.fields(values), synchronize_session="fetch")

    def do_delete(self, cls, where):
        query = self.session.query(CLASSES[cls]).filter_by(**self.fields(where))
        return query.delete(synchronize_session="fetch")

    def do_look(self, name, field):
        return self.read(self.vars[name], field)

    def do_sql(self, sql):
        self.session.connection().exec_driver_sql(sql)

    def do_elsewhere(self, sql):
        with self.engine.begin() as connection:
            connection.exec_driver_sql(sql)

    def do_is(self, one, other):
        return self.vars[one] is self.vars[other]

    def do_states(self):
        return {name: self.state(one) for name, one in self.vars.items()}

    def do_show(self):
        states = self.do_states()
        memory = {
            name: {field: self.attempt(one, field) for field in self.names(one)}
            for name, one in self.vars.items()
            if one is not None
        }
        return {"states": states, "memory": memory, "rows": self.rows(self.session.connection())}

    def state(self, one):
        if one is None:
            return None
        state = inspect(one)
        flags = []
        if one in self.session.new:
            flags.append("new")
        if one in self.session.deleted:
            flags.append("deleted")
        elif state.persistent and self.is_dirty(one):
            flags.append("dirty")
        name = next(n for n in ("transient", "pending", "persistent", "deleted", "detached") if getattr(state, n))
        return " ".join(["deleted" if one in self.session.deleted else name, *flags])

    def is_dirty(self, one):
        """Whether the next flush updates its row, or the rows of its many-to-many relation."""
        mapper = inspect(type(one))
        own = [c.key for c in mapper.column_attrs] + [r.key for r in mapper.relationships if r.direction is MANYTOONE]
        attrs = inspect(one).attrs
        if any(attrs[name].history.has_changes() for name in own):
            return True
        if not isinstance(one, Post):
            return False
        if attrs.tags.history.has_changes():
            return True
        tags = [known for known in self.session if isinstance(known, Tag)]
        changes = [inspect(tag).attrs.posts.history for tag in tags]
        return any(one in (*(change.added or ()), *(change.deleted or ())) for change in changes)

    def names(self, one):
        mapper = inspect(type(one))
        columns = [c.key for c in mapper.column_attrs if not c.key.endswith("id")]
        return sorted(columns + [r.key for r in mapper.relationships])

    def attempt(self, one, field):
        try:
            return self.read(one, field)
        except Exception as error:
            return "! " + kind_of(error)

    def read(self, one, field):
        value = getattr(one, field)
        if isinstance(value, list):
            return sorted(self.label(each) for each in value)
        return self.label(value) if type(value).__name__ in CLASSES else value

    def label(self, one):
        if one is None:
            return None
        for name, known in self.vars.items():
            if known is one:
                return name
        with self.session.no_autoflush:
            field = next(f for f in ("name", "title", "label", "bio", "course") if hasattr(type(one), f))
            return type(one).__name__ + " " + str(getattr(one, field))

    def rows(self, connection):
        found = {name: connection.exec_driver_sql(sql).fetchall() for name, sql in self.dump.items()}
        return {name: [list(row) for row in rows] for name, rows in found.items() if rows}


def open_engine(url):
    engine = create_engine(url)
    if url.startswith("sqlite"):
        # https://docs.sqlalchemy.org/en/14/dialects/sqlite.html#pysqlite-serializable
        @event.listens_for(engine, "connect")
        def connect(connection, _):
            connection.isolation_level = None
            connection.execute("pragma foreign_keys = on")

        @event.listens_for(engine, "begin")
        def begin(connection):
            connection.exec_driver_sql("begin")

    return engine


def play(engine, request):
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    player = Player(engine, request)
    player.run(request["steps"])
    player.session.close()
    with engine.connect() as connection:
        return {"seen": player.seen, "committed": player.rows(connection)}


def main():
    engines = {}
    for line in sys.stdin:
        request = json.loads(line)
        url = request["url"]
        if url not in engines:
            engines[url] = open_engine(url)
        try:
            answer = play(engines[url], request)
        except Exception as error:
            answer = {"failed": repr(error)}
        print(json.dumps(answer), flush=True)


main()
