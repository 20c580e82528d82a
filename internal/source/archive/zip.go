package archive

import (
	"archive/zip"
	"errors"
	"io"

	"github.com/klauspost/compress/flate"
	"github.com/klauspost/compress/zstd"
)

// Zip lists the files of a .zip archive.
func Zip(in io.ReaderAt, size int64) Entries {
	return func(yield func(Entry, error) bool) {
		z, err := zip.NewReader(in, size)
		if err != nil {
			yield(Entry{}, zipError(err))
			return
		}
		z.RegisterDecompressor(zip.Deflate, flate.NewReader)
		z.RegisterDecompressor(zstd.ZipMethodWinZip, zstd.ZipDecompressor())
		if len(z.File) > maxEntries {
			yield(Entry{}, ErrMany)
			return
		}
		if kind := office(z.File); kind != nil {
			yield(Entry{}, kind)
			return
		}
		for _, f := range z.File {
			if name := fileName(f.Name); name != "" && !yieldFile(f, name, yield) {
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

func yieldFile(f *zip.File, name string, yield func(Entry, error) bool) bool {
	const encrypted = 1
	if f.Flags&encrypted != 0 {
		return yield(Entry{Name: name}, &EntryError{name, ErrEncrypted})
	}
	if f.UncompressedSize64 > freeSize && f.UncompressedSize64/maxRatio > f.CompressedSize64 {
		return yield(Entry{Name: name}, &EntryError{name, ErrBomb})
	}
	r, err := f.Open()
	if err != nil {
		return yield(Entry{Name: name}, &EntryError{name, err})
	}
	defer r.Close() // it was only read
	size := int64(f.CompressedSize64)
	return yield(Entry{name, &bounded{Reader: r, size: func() int64 { return size }}}, nil)
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
