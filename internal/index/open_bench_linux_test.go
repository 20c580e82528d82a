package index

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/sys/unix"

	"xunwen/internal/analyzer"
	"xunwen/internal/generation"
	"xunwen/internal/record"
	"xunwen/internal/suggest"
)

// BenchmarkOpen measures the processor time of the stages of opening a generation, in
// milliseconds of user and system time. XUNWEN_BENCH_INDEX names an index folder.
func BenchmarkOpen(b *testing.B) {
	dir := os.Getenv("XUNWEN_BENCH_INDEX")
	if dir == "" {
		b.Skip("XUNWEN_BENCH_INDEX is not set")
	}
	f := generation.In(dir)
	c, err := f.Current()
	if err != nil {
		b.Fatal(err)
	}
	m, s, err := ReadManifest(f, c)
	if err != nil {
		b.Fatal(err)
	}
	path := f.Dir(c.Name)
	words, err := analyzer.Open(filepath.Join(path, AnalyzerDir))
	if err != nil {
		b.Fatal(err)
	}
	defer words.Close()
	stage := func(name string, run func() error) {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			began := processTime(b)
			for b.Loop() {
				if err := run(); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric((processTime(b)-began).Seconds()*1e3/float64(b.N), "cpu-ms")
		})
	}
	stage("whole", func() error {
		g, err := Open(b.Context(), f, c, nil, Options{})
		if err != nil {
			return err
		}
		return g.Close()
	})
	stage("guard", func() error {
		g, err := f.Guard(b.Context(), m, nil, checkedLater)
		if err != nil {
			return err
		}
		return g.Close()
	})
	stage("analyzer", func() error {
		words, err := analyzer.Open(filepath.Join(path, AnalyzerDir))
		if err == nil {
			words.Close()
		}
		return err
	})
	stage("catalog", func() error {
		_, _, err := readCatalog(filepath.Join(path, CatalogFile), volumeSizes(s), m.Articles)
		return err
	})
	stage("columns", func() error {
		for _, v := range s.Volumes {
			if _, err := readColumns(filepath.Join(v.Dir(path), ColumnsFile), v.Articles); err != nil {
				return err
			}
		}
		return nil
	})
	stage("records", func() error {
		for _, v := range s.Volumes {
			r, err := record.Open(filepath.Join(v.Dir(path), RecordsDir))
			if err != nil {
				return err
			}
			r.Close()
		}
		return nil
	})
	stage("bleve", func() error {
		p := &Postings{}
		for _, v := range s.Volumes {
			if err := p.add(v.Dir(path)); err != nil {
				return err
			}
		}
		return p.Close()
	})
	var lexicon *suggest.Lexicon
	stage("lexicon", func() (err error) {
		lexicon, err = ReadLexicon(filepath.Join(path, LexiconFile))
		return err
	})
	stage("completer", func() error {
		suggest.NewSpeller(suggest.NewCompleter(lexicon, words.Folder, words.IsStopWord, words.Spelling))
		return nil
	})
	stage("warm up", func() error {
		f, err := OpenFiles(path, m, s, words, 0)
		if err != nil {
			return err
		}
		return errors.Join(f.WarmUp(b.Context()), f.Close())
	})
	stage("files", func() error {
		f, err := OpenFiles(path, m, s, words, 0)
		if err != nil {
			return err
		}
		return f.Close()
	})
}

func processTime(b *testing.B) time.Duration {
	var t unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_PROCESS_CPUTIME_ID, &t); err != nil {
		b.Fatal(err)
	}
	return time.Duration(t.Nano())
}
