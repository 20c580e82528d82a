package source

import (
	"os"
)

// The least share of text in the bytes of a file, in UTF-8. Mark-up, pictures and
// fonts are not text; compressed Chinese news has 2.5 times its size.
const (
	leastInRecords  = 0.8
	leastInPages    = 0.6 // the page may be in another encoding
	leastCompressed = 2
)

// LeastText returns how many bytes of text inputs have at least, judging by
// their sizes and names; those that give no indication, such as standard input
// or a PDF, count 0.
func LeastText(inputs []Input) int64 {
	var total float64
	for _, in := range inputs {
		info, err := os.Stat(in.Path)
		if in.problem != "" || in.Path == Stdin || err != nil {
			continue // reported when it is read
		}
		ext, packed := nameParts(in.Path)
		size := float64(info.Size())
		if packed != uncompressed {
			size *= leastCompressed
		}
		switch byExtension[ext] {
		case JSONL:
			total += size * leastInRecords
		case Page:
			total += size * leastInPages
		}
	}
	return int64(total)
}
