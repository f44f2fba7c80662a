"""Runs sessions in Flask-SQLAlchemy: a session in a line of JSON on stdin, what it showed in a line of JSON on stdout."""

import ast
import contextlib
import io
import json
import sys
import types
import warnings

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.engine import Row
from sqlalchemy.exc import IntegrityError

warnings.simplefilter("ignore")


def make():
    app = Flask("flaskblog")
    app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite://"
    db = SQLAlchemy(app)

    class User(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        username = db.Column(db.String(20), unique=True, nullable=False)
        email = db.Column(db.String(120), unique=True, nullable=False)
        password = db.Column(db.String(60), nullable=False)
        posts = db.relationship("Post", backref="author", lazy=True, order_by="Post.id")

        def __repr__(self):
            return f"User({self.username})"

    class Post(db.Model):
        id = db.Column(db.Integer, primary_key=True)
        title = db.Column(db.String(100), nullable=False)
        content = db.Column(db.Text, nullable=False)
        user_id = db.Column(db.Integer, db.ForeignKey("user.id"))

        def __repr__(self):
            return f"Post({self.title})"

    module = types.ModuleType("flaskblog")
    module.db, module.User, module.Post, module.IntegrityError = db, User, Post, IntegrityError
    sys.modules["flaskblog"] = module
    return app, db


def plain(value):
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, dict):
        return {"map": [[plain(key), plain(each)] for key, each in value.items()]}
    if isinstance(value, (set, frozenset)):
        return {"set": sorted((plain(each) for each in value), key=str)}
    if isinstance(value, (list, tuple, Row)):
        return [plain(each) for each in value]
    if hasattr(value, "__table__"):
        return repr(value)
    return "?"


def run(text):
    app, db = make()
    names = {"IntegrityError": IntegrityError}
    seen = []
    with app.app_context():
        for statement in ast.parse(text).body:
            printed = io.StringIO()
            step = {"value": None}
            try:
                with contextlib.redirect_stdout(printed):
                    if isinstance(statement, ast.Expr):
                        step["value"] = plain(eval(compile(ast.Expression(statement.value), "session", "eval"), names))
                    else:
                        exec(compile(ast.Module([statement], []), "session", "exec"), names)
            except Exception as error:
                step = {"fails": True}
            seen.append({**step, "printed": printed.getvalue()})
        variables = {name: plain(value) for name, value in names.items() if not name.startswith("__")}
        db.session.rollback()
        rows = [
            [list(row) for row in db.session.execute(db.text(query))]
            for query in (
                "select id, username, email, password from user order by id",
                "select id, title, content, user_id from post order by id",
            )
        ]
        db.session.close()
    return {"seen": seen, "variables": variables, "rows": rows}


for line in sys.stdin:
    print(json.dumps(run(json.loads(line))), flush=True)
