package analyzer

import (
	"errors"
	"fmt"
	"os"

	"github.com/yanyiwu/gojieba"
)

// What cppjieba reads where the word weights and stop words of keyword
// extraction belong: it insists on a line each. The real weights would take
// 30 MB for nothing.
const (
	stubWeights   = "x 1\n"
	stubStopWords = "x\n"
)

// load builds a Jieba. It only takes paths and aborts the process when it
// can't open one, so it is handed pipes: what was checked is what it reads,
// whatever characters the folder's name has ('|' and ';' part paths for it).
func load(d *dictionary) (*gojieba.Jieba, error) {
	var pipes []*pipe
	defer func() {
		for _, p := range pipes {
			p.reader.Close()
		}
	}()
	var paths []string
	for _, text := range [][]byte{d.words, d.model, d.userWords, []byte(stubWeights), []byte(stubStopWords)} {
		p, err := newPipe(text)
		if err != nil {
			return nil, err
		}
		pipes = append(pipes, p)
		if _, err := os.Stat(p.path); err != nil {
			return nil, fmt.Errorf("handing dictionaries to jieba needs /dev/fd: %w", err)
		}
		paths = append(paths, p.path)
	}
	jieba := gojieba.NewJieba(paths...)
	for _, p := range pipes {
		p.reader.Close()
		if err := <-p.written; err != nil {
			jieba.Free()
			return nil, fmt.Errorf("jieba did not read its dictionaries to the end: %w", err)
		}
	}
	return jieba, nil
}

// pipe gives a text a path from which it can be read once.
type pipe struct {
	path    string
	reader  *os.File
	written chan error // gets the writer's outcome
}

func newPipe(text []byte) (*pipe, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("handing dictionaries to jieba: %w", err)
	}
	p := &pipe{path: fmt.Sprintf("/dev/fd/%d", reader.Fd()), reader: reader, written: make(chan error, 1)}
	go func() {
		_, err := writer.Write(text)
		p.written <- errors.Join(err, writer.Close())
	}()
	return p, nil
}
