package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"xunwen/internal/cli"
	"xunwen/internal/news"
	"xunwen/internal/source"
	"xunwen/internal/source/charset"
	"xunwen/internal/source/field"
)

// inputFlags are the flags of parse and build about reading files, and defaults for what
// the files don't contain.
type inputFlags struct {
	format, encoding        string
	publication, date, page string
	fields                  string
	lenient                 bool
}

func (f *inputFlags) register(flags *pflag.FlagSet) {
	flags.StringVar(&f.format, "format", string(source.Auto), "format of the inputs: "+formatNames())
	flags.StringVar(&f.encoding, "encoding", string(charset.Auto), "encoding of the inputs: "+encodingNames())
	flags.StringVar(&f.publication, "publication", "", "publication (报纸) of files that name none")
	flags.StringVar(&f.date, "date", "", "issue date (日期) of files that name none, YYYY-MM-DD")
	flags.StringVar(&f.page, "page", "", "page (版次) of files that name none")
	flags.StringVar(&f.fields, "map", "",
		"members or columns of records to read, `FIELD=MEMBER,...`, e.g. text=content,date=pub_time")
	flags.BoolVar(&f.lenient, "lenient", false, "leave out unknown members of article records")
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
	if _, err := news.Day(f.date); err != nil {
		return source.Options{}, cli.Usagef("--date %q: want a calendar day, YYYY-MM-DD", f.date)
	}
	fields, err := field.ParseMap(f.fields)
	if err != nil {
		return source.Options{}, cli.Usagef("--map: %v", err)
	}
	return source.Options{
		Format:      source.Format(f.format),
		Encoding:    encoding,
		Map:         fields,
		Lenient:     f.lenient,
		Publication: f.publication,
		Date:        f.date,
		Page:        f.page,
		Stdin:       std.in,
		CacheDir:    cacheDir(),
	}, nil
}

// cacheDir returns the program's folder for files that it can recreate, "" if the user
// has none.
func cacheDir() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	return filepath.Join(dir, "xunwen")
}

// prepare validates the flags and paths before anything is read and returns a log, the
// options and the inputs.
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

// expand lists the files of the paths. An impossible path is a usage error, reported before
// anything is read.
func expand(paths []string) ([]source.Input, error) {
	inputs, err := source.Expand(paths)
	var wrong *source.PathError
	if errors.As(err, &wrong) {
		return nil, &cli.UsageError{Err: err}
	}
	return inputs, err
}

// pathHelp is the part of a command's help about its arguments.
const pathHelp = `PATH is a file, a folder (read in order of names), a pattern such as '2022-*/p01.txt', or - for
standard input. These are read, recognised by their content and, where that leaves a doubt, by their name:

  article records   JSON Lines, JSON arrays and objects, CSV and TSV with a header line, <doc> collections
  web pages         HTML and MHTML, one article each; WARC archives of them; RSS and Atom
  newspapers        PDF, each page of the file one page of the paper; text, one page of a paper each
  articles          Markdown; text with a title and 作者：… 时间：…, or with one article in each file
  archives          .zip and .tar of all these, in another archive at most; everything also as .gz or .zst

Members of records are known by many names (title, 标题; content, 正文; pub_time, 发布时间; author, 作者);
--map names others. Unreadable input is reported as FILE:LINE: reason (for a PDF, the line is the page;
for a file in an archive, FILE is ARCHIVE!/FILE) and skipped. Write ./-name for a file whose name starts
with a hyphen, and use --format where the content can't tell.`

// count returns a number with its noun: 1 article, 2 articles.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
