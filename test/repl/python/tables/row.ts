/** A statement of Python and its TypeScript; several statements of that are on lines of their own. */
export type Row = readonly [python: string, typescript: string];

/** What every session begins with. */
export const setup = `from flaskblog import db, User, Post
db.create_all()
corey = User(username='Corey', email='c@demo.com', password='p')
alex = User(username='Alex', email='alex@demo.com', password='p')
zoe = User(username='Zoe', email='z@demo.com', password='q')
db.session.add_all([corey, alex, zoe])
db.session.commit()
db.session.add(Post(title='Blog 1', content='First', user_id=corey.id))
db.session.add(Post(title='Blog 2', content='Second', author=corey))
db.session.add(Post(title='Notes', content='', author=alex))
db.session.add(Post(title='Orphan', content='None'))
db.session.commit()
`;
