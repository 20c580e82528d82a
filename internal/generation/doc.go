// Package generation manages the generations of an index folder: it publishes a
// new one, rolls back, prunes, and checks every file against its checksum. It
// does not interpret the files: they are bytes with a size and a checksum.
//
// A folder has:
//
//	CURRENT             one line: GENERATION SHA256, the published generation
//	                    and the digest of its manifest
//	lock                empty; locked during a change
//	20260312T081500/    a generation, named after the UTC second of its creation,
//	                    -2, -3 … for more in that second; never modified
//	20260312T092244.tmp a draft, or a generation that is being removed
//	CURRENT.tmp         the next content of CURRENT; only while publishing
//	ROLLBACK.tmp        the same, only while rolling back
//
// Publishing makes each step durable before the next one: the files and folders
// of the draft, CURRENT.tmp, the rename of the draft, the rename of CURRENT.tmp.
// So a process that stops between any two leaves CURRENT naming a complete
// generation, and CURRENT.tmp distinguishes a generation that was renamed but
// not published from one that was rolled back.
//
// Start with folder.go and draft.go. The package must not import any other of
// this module.
package generation
