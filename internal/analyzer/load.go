package analyzer

import (
	"errors"
	"fmt"
	"os"

	"github.com/yanyiwu/gojieba"
)

// What cppjieba gets instead of the word weights and stop words of keyword
// extraction: it requires a line of each. The real weights would waste memory.
const (
	stubWeights   = "x 1\n"
	stubStopWords = "x\n"
)

// load builds a Jieba. cppjieba only accepts paths and aborts the process if it
// can't open one, so it gets pipes: it reads exactly what was checked, whatever
// the name of the folder contains ('|' and ';' separate paths for it).
func load(d *dictionary) (*gojieba.Jieba, error) {
	var pipes []*pipe
	var paths []string
	for _, text := range [][]byte{d.words, d.model, d.userWords, []byte(stubWeights), []byte(stubStopWords)} {
		p, err := newPipe(text)
		if err != nil {
			return nil, errors.Join(err, finish(pipes))
		}
		pipes, paths = append(pipes, p), append(paths, p.path)
	}
	jieba := gojieba.NewJieba(paths...)
	if err := finish(pipes); err != nil {
		jieba.Free()
		return nil, err
	}
	return jieba, nil
}

// pipe is a path from which a text can be read once.
type pipe struct {
	path    string
	reader  *os.File
	written chan error // the result of the writer
}

func newPipe(text []byte) (*pipe, error) {
	reader, writer, err := os.Pipe()
	if err != nil {
		return nil, fmt.Errorf("opening a pipe for jieba's dictionaries: %w", err)
	}
	p := &pipe{path: fmt.Sprintf("/dev/fd/%d", reader.Fd()), reader: reader, written: make(chan error, 1)}
	if _, err := os.Stat(p.path); err != nil {
		return nil, errors.Join(fmt.Errorf("jieba reads its dictionaries from /dev/fd, which is missing: %w", err),
			reader.Close(), writer.Close())
	}
	go func() {
		_, err := writer.Write(text)
		p.written <- errors.Join(err, writer.Close())
	}()
	return p, nil
}

// finish closes the pipes and waits for their writers. It fails if a text was
// not read to its end.
func finish(pipes []*pipe) error {
	var errs []error
	for _, p := range pipes {
		p.reader.Close()
		if err := <-p.written; err != nil {
			errs = append(errs, fmt.Errorf("jieba did not read its dictionaries to the end: %w", err))
		}
	}
	return errors.Join(errs...)
}
