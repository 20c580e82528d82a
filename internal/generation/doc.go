// Package generation keeps the generations of an index folder: it publishes a
// new one, rolls back, prunes, and checks that everything on disk is as it was
// written. What the files of a generation mean is not its business; to it they
// are bytes with a size and a checksum.
//
// A folder:
//
//	CURRENT             one line: GENERATION SHA256, the published generation
//	                    and the digest of its manifest
//	lock                empty; locked while something is changed
//	20260312T081500/    a generation, named after the UTC second of its making,
//	                    -2, -3 … for others of that second; never altered
//	20260312T092244.tmp a draft, or a generation on its way out
//	CURRENT.tmp         what CURRENT is about to become; only while publishing
//	ROLLBACK.tmp        the same, only while rolling back
//
// Publishing makes each step durable before the next: files and folders of the
// draft, CURRENT.tmp, the draft's rename, CURRENT's rename. So a process that
// is stopped between any two leaves CURRENT naming a generation that is whole,
// and CURRENT.tmp tells a generation that was renamed but not published from
// one that was rolled back from.
//
// It imports nothing else of this module.
package generation
