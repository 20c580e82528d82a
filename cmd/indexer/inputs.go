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

// inputFlags are the flags that parse and build share: how to read, and metadata
// that the files don't state.
type inputFlags struct {
	format, encoding        string
	publication, date, page string
	lenient                 bool
}

func (f *inputFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "format", string(source.Auto), "format of the inputs: "+formatNames())
	flags.StringVar(&f.encoding, "encoding", string(charset.Auto), "encoding of the inputs: "+encodingNames())
	flags.StringVar(&f.publication, "publication", "", "publication (报纸) of files that state none")
	flags.StringVar(&f.date, "date", "", "issue date (日期) of files that state none, YYYY-MM-DD")
	flags.StringVar(&f.page, "page", "", "page (版次) of files that state none")
	flags.BoolVar(&f.lenient, "lenient", false, "ignore unknown members of article records")
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

// options validates the flags and converts them to options for reading.
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
		Format:      source.Format(f.format),
		Encoding:    encoding,
		Lenient:     f.lenient,
		Publication: f.publication,
		Date:        f.date,
		Page:        f.page,
		Stdin:       std.in,
		CacheDir:    cacheDir(),
	}, nil
}

// cacheDir is the program's cache folder, "" if the user has none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "xunwen")
}

// prepare turns flags and paths into what reading needs; it reports any wrong
// usage before anything is read.
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

// expand lists the files that paths name; an impossible path is wrong usage.
func expand(paths []string) ([]source.Input, error) {
	inputs, err := source.Expand(paths)
	var wrong *source.PathError
	if errors.As(err, &wrong) {
		return nil, &cli.UsageError{Err: err}
	}
	return inputs, err
}

// pathHelp is the part of a command's help on its arguments.
const pathHelp = `PATH is a file, a folder (read in the order of names), a pattern such as '2022-*/p01.txt', or - for
standard input. Files ending in .gz or .zst are decompressed. The extension decides the format:
  .txt                                        newspaper page as text
  .pdf                                        newspaper, each page of the PDF a page of it
  .html .htm .shtml .xhtml .xht .mhtml .mht   web page, one article each
  .jsonl .ndjson .json                        article records, one per line
For any other extension use --format. Input that can't be read is reported as FILE:LINE: reason and skipped; for a
PDF, LINE is the page. Write a file name that begins with a hyphen as ./-name.`

// count is a number with its noun: 1 article, 2 articles.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
