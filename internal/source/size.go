package source

import (
	"os"
)

// What a file holds of text at least, as a share of its bytes: mark-up, pictures
// and fonts are none, and archives of Chinese news hold 2.5 times their size.
const (
	leastInRecords = .8
	leastInPages   = .6 // of UTF-16, what is UTF-8 for us
	leastInArchive = 2
)

// LeastText is how many bytes of text inputs hold at least, going by their sizes
// and names; what that says nothing of, as standard input or a PDF, counts 0.
func LeastText(inputs []Input) int64 {
	var total float64
	for _, in := range inputs {
		info, err := os.Stat(in.Path)
		if in.problem != "" || in.Path == Stdin || err != nil {
			continue // it is told when it is read
		}
		ext, packed := nameParts(in.Path)
		size := float64(info.Size())
		if packed != plain {
			size *= leastInArchive
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
