// Package pagefile writes files whose content is checked page by page, and maps them into
// memory to read them.
//
//	w := pagefile.NewWriter(out, format)
//	w.Write(section); w.Align()
//	w.Finish(count, table)
//
//	f, count, table, err := pagefile.Open(path, format)
//	b, err := f.Bytes(off, n)
//
// A page is compared with its checksum when it is first read. So opening a file reads almost
// nothing, and a damaged one gives an error that names the page, never a wrong answer.
//
// Start with write.go, which has the format. The package must not import any other of this
// module.
package pagefile
