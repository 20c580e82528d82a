package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"xunwen/internal/cli"
	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/charset"
)

// inputFlags are what parse and build share: how to read and what the files
// don't say.
type inputFlags struct {
	format, encoding        string
	publication, date, page string
	lenient                 bool
}

func (f *inputFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "format", string(source.Auto), "format of the inputs: "+formatNames())
	flags.StringVar(&f.encoding, "encoding", string(charset.Auto), "encoding of the inputs: "+encodingNames())
	flags.StringVar(&f.publication, "publication", "", "publication (报纸) where a file says none")
	flags.StringVar(&f.date, "date", "", "issue date (日期) where a file says none, YYYY-MM-DD")
	flags.StringVar(&f.page, "page", "", "page (版次) where a file says none")
	flags.BoolVar(&f.lenient, "lenient", false, "pass over members that no article record has")
}

func formatNames() string { return list(source.Formats) }

func encodingNames() string { return list(charset.Names) }

func list[T ~string](names []T) string {
	var out []string
	for _, n := range names {
		out = append(out, string(n))
	}
	return strings.Join(out, ", ")
}

// options checks the flags and turns them into the reader's options.
func (f *inputFlags) options(std *streams) (source.Options, error) {
	if !slices.Contains(source.Formats, source.Format(f.format)) {
		return source.Options{}, cli.Usagef("--format %q: want one of %s", f.format, formatNames())
	}
	encoding, ok := charset.Parse(f.encoding)
	if !ok {
		return source.Options{}, cli.Usagef("--encoding %q: want one of %s", f.encoding, encodingNames())
	}
	if _, err := time.Parse(news.DateLayout, f.date); f.date != "" && err != nil {
		return source.Options{}, cli.Usagef("--date %q: want a calendar day, YYYY-MM-DD", f.date)
	}
	return source.Options{
		Format: source.Format(f.format), Encoding: encoding, Lenient: f.lenient,
		Publication: f.publication, Date: f.date, Page: f.page, Stdin: std.in, CacheDir: cacheDir(),
	}, nil
}

// cacheDir is the program's folder for what it can make again, "" where the
// user has none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "xunwen")
}

// prepare turns the flags and paths into what reading them needs; whatever is
// wrong with them is told before anything is read.
func (f *inputFlags) prepare(std *streams, paths []string) (*slog.Logger, source.Options, []source.Input, error) {
	log, err := std.log()
	if err != nil {
		return nil, source.Options{}, nil, err
	}
	opts, err := f.options(std)
	if err != nil {
		return nil, source.Options{}, nil, err
	}
	inputs, err := expand(paths)
	return log, opts, inputs, err
}

// expand lists the files behind the paths; a path that can't be meant is wrong
// usage, before anything is read.
func expand(paths []string) ([]source.Input, error) {
	inputs, err := source.Expand(paths)
	var wrong *source.PathError
	if errors.As(err, &wrong) {
		return nil, &cli.UsageError{Err: err}
	}
	return inputs, err
}

// pathHelp is the part of a command's help about its arguments.
const pathHelp = `PATH is a file, a folder (read in the order of names), a pattern such as '2022-*/p01.txt', or - for
standard input. Archives (.gz, .zst) are read through. Files ending in .txt are newspaper pages; .jsonl,
.ndjson and .json are article records, one a line; .html, .htm, .shtml, .xhtml, .xht, .mhtml and .mht are news
pages of the web, one article each; .pdf are newspapers, each of their pages one. Unreadable input is reported as
FILE:LINE: reason, with the page as the line of a PDF, and skipped. Write ./-name for a file whose name begins
with a hyphen, and use --format for one with another ending.`

// count is a number with its noun: 1 article, 2 articles.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
