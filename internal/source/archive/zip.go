package archive

import (
	"archive/zip"
	"errors"
	"io"
	"math"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// maxList bounds the list of files of a .zip archive in bytes, which is kept in memory in up to
// six times as many. A million files need some 100 MB.
const maxList = 128 << 20

// atMost reads so many bytes and no more.
type atMost struct {
	in   io.ReaderAt
	left int64
}

func (a *atMost) ReadAt(p []byte, offset int64) (int, error) {
	if a.left -= int64(len(p)); a.left < 0 {
		return 0, ErrMany
	}
	return a.in.ReadAt(p, offset)
}

// Zip lists the files of a .zip archive. What comes out of them counts in the budget.
func Zip(in io.ReaderAt, size int64, budget *Budget) Entries {
	return func(yield func(Entry, error) bool) {
		list := &atMost{in: in, left: maxList}
		z, err := zip.NewReader(list, size)
		if list.left < 0 {
			err = ErrMany
		}
		list.left = math.MaxInt64 // the files are read through it too
		if err != nil {
			yield(Entry{}, zipError(err))
			return
		}
		z.RegisterDecompressor(zip.Deflate, flate.NewReader)
		z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor())
		if overlap(z.File, size) {
			yield(Entry{}, ErrOverlap)
			return
		}
		if kind := office(z.File); kind != nil {
			yield(Entry{}, kind)
			return
		}
		for _, f := range z.File {
			if name := fileName(f.Name); name != "" && !yieldFile(f, name, budget, yield) {
				return
			}
		}
	}
}

func zipError(err error) error {
	if errors.Is(err, zip.ErrFormat) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the .zip file is truncated or damaged: its list of files, at the end, is missing")
	}
	return err
}

// overlap reports whether files have more bytes than their archive.
func overlap(files []*zip.File, size int64) bool {
	const header, listed = 30, 46 // bytes of each, besides its name
	left := uint64(size)
	for _, f := range files {
		if left < header+listed || f.CompressedSize64 > left-header-listed {
			return true
		}
		left -= f.CompressedSize64 + header + listed
	}
	return false
}

// errMethod is the error of a file that is compressed in another way.
var errMethod = errors.New("compressed in a way that is not read: pack it again with Deflate or zstd")

func yieldFile(f *zip.File, name string, budget *Budget, yield func(Entry, error) bool) bool {
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		return yield(Entry{Name: name}, &EntryError{name, ErrEncrypted})
	}
	if size := int64(f.CompressedSize64); int64(f.UncompressedSize64/maxRatio) > size+budget.spare/maxRatio {
		return yield(Entry{Name: name}, &EntryError{name, ErrBomb}) // without reading what can't be read to its end
	}
	switch f.Method {
	case zip.Store, zip.Deflate, zstd.ZipMethodWinZip:
	default:
		return yield(Entry{Name: name}, &EntryError{name, errMethod})
	}
	content := &lazy{file: f}
	defer content.close()
	size := int64(f.CompressedSize64)
	return yield(Entry{name, budget.Reader(content, func() int64 { return size })}, nil)
}

// lazy opens a file when it is read, which most files of some archives aren't.
type lazy struct {
	file *zip.File
	open io.ReadCloser
}

func (l *lazy) Read(p []byte) (n int, err error) {
	if l.open == nil {
		if l.open, err = l.file.Open(); err != nil {
			return 0, err
		}
	}
	return l.open.Read(p)
}

func (l *lazy) close() {
	if l.open != nil {
		_ = l.open.Close() // it was only read
	}
}

// ErrDocument reports a document that is a .zip file inside, of the kind that Kind says.
type ErrDocument struct{ Kind string }

func (e *ErrDocument) Error() string { return "a document (" + e.Kind + "), not an archive" }

// office recognises documents, which are .zip files with certain names in them.
func office(files []*zip.File) error {
	const looked = 64 // files; those that tell are among the first
	for _, f := range files[:min(len(files), looked)] {
		switch f.Name {
		case "word/document.xml":
			return &ErrDocument{".docx"}
		case "xl/workbook.xml":
			return &ErrDocument{".xlsx"}
		case "ppt/presentation.xml":
			return &ErrDocument{".pptx"}
		case "META-INF/container.xml":
			return &ErrDocument{".epub"}
		case "OFD.xml":
			return &ErrDocument{".ofd"}
		case "content.xml":
			return &ErrDocument{".odt"}
		}
	}
	return nil
}
