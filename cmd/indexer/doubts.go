package main

import (
	"fmt"

	"xunwen/internal/source"
)

const (
	// doubtful is the confidence below which a page is listed for a person to
	// look at: on pages with a known truth, those below it have three times as
	// many wrong headlines as those above.
	doubtful = 0.5
	// maxDoubts bounds the list; what goes beyond is only counted.
	maxDoubts = 1000
)

// doubt is a file that was read badly, by its least sure article.
type doubt struct {
	File       string  `json:"file"`
	Confidence float64 `json:"confidence"`
}

func (d doubt) String() string {
	return fmt.Sprintf("%s: read with a confidence of %.2f: check it with indexer parse --explain",
		source.OneLine(d.File), d.Confidence)
}

// doubts gathers the files that were read badly. The articles of a file come
// one after another.
type doubts struct {
	n    int
	list []doubt
	last string // the file counted last
}

func (d *doubts) see(file string, confidence float64) {
	if confidence >= doubtful {
		return
	}
	if d.n > 0 && file == d.last {
		if k := len(d.list) - 1; d.list[k].File == file {
			d.list[k].Confidence = min(d.list[k].Confidence, confidence)
		}
		return
	}
	d.n++
	d.last = file
	if len(d.list) < maxDoubts {
		d.list = append(d.list, doubt{file, confidence})
	}
}
