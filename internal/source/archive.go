package source

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"xunwen/internal/source/archive"
	"xunwen/internal/source/webarchive"
)

// insideMark separates the path of an archive from that of a file in it.
const insideMark = "!/"

const (
	zipMark      = "PK\x03\x04"
	emptyZipMark = "PK\x05\x06"
	tarMark      = "ustar"
	tarMarkAt    = 257

	mostArchives = 2       // an archive in an archive, for example one for each day
	maxSpooled   = 4 << 30 // of a .zip file that has to be copied to be read
)

// isArchive reports whether a file begins like a .zip or .tar archive.
func isArchive(head []byte) bool {
	return isZip(head) || len(head) > tarMarkAt && bytes.HasPrefix(head[tarMarkAt:], []byte(tarMark))
}

func isZip(head []byte) bool {
	return bytes.HasPrefix(head, []byte(zipMark)) || bytes.HasPrefix(head, []byte(emptyZipMark))
}

// inside returns the reader of a file in the input.
func (r *fileReader) inside(name string) *fileReader {
	inner := *r
	inner.in = Input{Path: r.in.Path + insideMark + name, Name: r.in.Name + insideMark + name, walked: true}
	inner.opts.Origins = false // the archive is the file on disk
	inner.depth++
	inner.texts = &texts{}
	return &inner
}

// archive reads the files of an archive.
func (r *fileReader) archive(ctx context.Context, s *stream, head []byte) error {
	switch {
	case r.prefetching:
		return errNotPrefetched
	case r.depth == mostArchives:
		return r.reject(1, "an archive within an archive within an archive: unpack it first")
	}
	s.blank.allowed = true
	if !isZip(head) {
		return r.entries(ctx, archive.Tar(s.Reader, s.spend))
	}
	file, size, closeFile, err := s.zipFile()
	if err != nil {
		return r.reject(1, err.Error())
	}
	defer closeFile()
	return r.entries(ctx, archive.Zip(file, size, s.spend))
}

// zipFile returns the file of a .zip archive, whose list of files is at its end. What is in
// a pipe or in another archive is copied to a temporary file.
func (s *stream) zipFile() (file *os.File, size int64, closeFile func(), err error) {
	if s.file != nil && s.arch == uncompressed {
		info, err := s.file.Stat()
		if err != nil {
			return nil, 0, nil, errors.New(reasonOf(err))
		}
		if info.Mode().IsRegular() {
			return s.file, info.Size(), func() {}, nil
		}
	}
	f, err := os.CreateTemp("", "xunwen-*.zip")
	if err != nil {
		return nil, 0, nil, err
	}
	closeFile = func() {
		_ = f.Close() // it was only a copy
		_ = os.Remove(f.Name())
	}
	size, err = io.Copy(f, io.LimitReader(s, maxSpooled+1))
	switch {
	case err != nil:
		err = errors.New(s.readError(err))
	case size > maxSpooled:
		err = fmt.Errorf("a .zip file of more than %d GiB within another file: unpack it first", maxSpooled>>30)
	}
	if err != nil {
		closeFile()
		return nil, 0, nil, err
	}
	return f, size, closeFile, nil
}

// entries reads the files of an archive one after another.
func (r *fileReader) entries(ctx context.Context, entries archive.Entries) error {
	files := 0
	skipped := skippedFiles{r: r, seen: map[string]int{}}
	var failed *failing // the last file, if it can't be read to its end
	for e, err := range entries {
		if err := ctx.Err(); err != nil {
			return err
		}
		var bad *archive.EntryError
		var document *archive.ErrDocument
		switch {
		case errors.As(err, &bad):
			files++
			err = skipped.add(r.inside(bad.Name), bad.Reason.Error(), bad.Reason.Error())
		case errors.As(err, &document):
			return r.reject(1, "format not read ("+document.Kind+"): "+unread[document.Kind])
		case err != nil && failed != nil && failed.err != nil:
			return skipped.finish() // reported for the file
		case err != nil:
			if err := skipped.finish(); err != nil {
				return err
			}
			return r.reject(1, archiveError(err))
		default:
			files++
			failed = &failing{Reader: e.Reader}
			err = r.entry(ctx, e.Name, failed, &skipped)
		}
		if isEnd(err) {
			return cmp.Or(skipped.finish(), err)
		}
		if err != nil {
			return err
		}
	}
	if files == 0 {
		return r.reject(1, "an archive without files")
	}
	return skipped.finish()
}

func archiveError(err error) string {
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		return "the archive is truncated"
	}
	return err.Error()
}

// failing remembers the error of a reader.
type failing struct {
	io.Reader
	err error
}

func (f *failing) Read(p []byte) (int, error) {
	n, err := f.Reader.Read(p)
	if err != nil && err != io.EOF {
		f.err = err
	}
	return n, err
}

// entry reads a file of an archive.
func (r *fileReader) entry(ctx context.Context, name string, content io.Reader, skipped *skippedFiles) error {
	inner := r.inside(name)
	ext, _ := nameParts(name)
	format, reason := formatByName(inner.in, ext, r.opts.Format)
	if reason != "" {
		return skipped.add(inner, ext, reason)
	}
	s, err := openEntry(ctx, name, content, r.tally.budget)
	if err != nil {
		return inner.reject(1, err.Error())
	}
	defer s.Close() // it was only read
	return inner.content(ctx, s, format)
}

// skippedFiles reports the first file of a kind that isn't read, and how many more there are.
type skippedFiles struct {
	r     *fileReader
	seen  map[string]int
	order []string
}

func (f *skippedFiles) add(inner *fileReader, kind, reason string) error {
	f.seen[kind]++
	if f.seen[kind] > 1 {
		return nil
	}
	f.order = append(f.order, kind)
	return inner.reject(1, reason)
}

func (f *skippedFiles) finish() error {
	for _, kind := range f.order {
		if more := f.seen[kind] - 1; more > 0 {
			what := "for the same reason"
			if ext := filepath.Ext(kind); ext == kind {
				what = "ending in " + kind
			}
			if err := f.r.rejectMany(1, count(more, "more file")+" not read, "+what, more); err != nil {
				return err
			}
		}
	}
	return nil
}

// count returns a number with its noun.
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}

// archivedPage reads a web page of an archive.
func (r *fileReader) archivedPage(ctx context.Context, p webarchive.Page) error {
	inner := r.inside(p.URL)
	inner.page = webPage{p.URL, p.Charset}
	s, err := openEntry(ctx, "", bytes.NewReader(p.Body), r.tally.budget)
	if err != nil {
		return inner.reject(1, err.Error())
	}
	defer s.Close() // it was only read
	if inner.opts.Format == WARC {
		inner.opts.Format = Auto
	}
	return inner.content(ctx, s, HTML)
}
