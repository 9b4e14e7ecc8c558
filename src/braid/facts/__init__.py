"""The facts: canonical columnar tables derived from the record.

`schema` says what they are, `reading` holds a set of them for measuring (`Facts`),
`extraction` draws them fresh from the record, `snapshots` freezes them, `checking`
says what is wrong with any set, `measuring` runs measures over one.
"""
