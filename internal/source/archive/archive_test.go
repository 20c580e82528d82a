package archive_test

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"
	"testing"

	"xunwen/internal/source/archive"
)

func zipOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: files[i], Method: zip.Deflate})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func tarOf(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := tar.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		if err := w.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// list returns the names and contents of files, and errors.
func list(entries archive.Entries) string {
	var out []string
	for e, err := range entries {
		if err != nil {
			out = append(out, err.Error())
			continue
		}
		content, err := io.ReadAll(io.LimitReader(e, 1<<10))
		out = append(out, e.Name+"="+string(content))
		if err != nil {
			out = append(out, err.Error())
		}
	}
	return strings.Join(out, "\n")
}

func listTar(b []byte) string {
	return list(archive.Tar(bytes.NewReader(b), budgetOf(b)))
}

func listZip(b []byte) string {
	return list(archive.Zip(bytes.NewReader(b), int64(len(b)), budgetOf(b)))
}

func budgetOf(b []byte) *archive.Budget {
	return archive.NewBudget(func() int64 { return int64(len(b)) })
}

// names are those of files in archives, and as what they are read; "" for those that aren't.
var names = map[string]string{
	"a.txt": "a.txt", "../../etc/a.txt": "etc/a.txt", "/abs/a.txt": "abs/a.txt", "b/../../a.txt": "a.txt",
	`c:\d\a.txt`: "c:/d/a.txt", "\xd0\xc2\xc7\xc5.txt": "新桥.txt", ".hidden/a.txt": "", "__MACOSX/a.txt": "", "a/.b": "",
}

func TestNames(t *testing.T) {
	for name, want := range names {
		if want != "" {
			want += "=x"
		}
		if got := listZip(zipOf(t, name, "x")); got != want {
			t.Errorf("%q in .zip: got %q, want %q", name, got, want)
		}
		if got := listTar(tarOf(t, name, "x")); got != want {
			t.Errorf("%q in .tar: got %q, want %q", name, got, want)
		}
	}
}

func TestTarWithoutEnd(t *testing.T) {
	whole := tarOf(t, "a.txt", "甲", "b.txt", "乙")
	const file, end = 1024, 1024 // a file with its header; blocks of zeros
	for name, tt := range map[string]struct {
		b    []byte
		want string
	}{
		"whole":                       {whole, "a.txt=甲\nb.txt=乙"},
		"with one block of zeros":     {whole[:len(whole)-512], "a.txt=甲\nb.txt=乙"},
		"without an end":              {whole[:len(whole)-end], "a.txt=甲\nb.txt=乙\n" + archive.ErrNoEnd.Error()},
		"cut between files":           {whole[:file], "a.txt=甲\n" + archive.ErrNoEnd.Error()},
		"cut in the padding of files": {whole[:file-100], "a.txt=甲\n" + archive.ErrNoEnd.Error()},
		"cut in a header":             {whole[:file+100], "a.txt=甲\nunexpected EOF"},
	} {
		if got := listTar(tt.b); got != tt.want {
			t.Errorf("%s: got %q, want %q", name, got, tt.want)
		}
	}
}

func TestDamaged(t *testing.T) {
	whole := zipOf(t, "a.txt", "甲", "b.txt", "乙")
	const noList = "the .zip file is truncated or damaged: its list of files, at the end, is missing"
	if got := listZip(whole[:len(whole)-10]); got != noList {
		t.Errorf(".zip without an end: %q", got)
	}
	damaged := bytes.Replace(tarOf(t, "a.txt", "甲", "b.txt", "乙"), []byte("b.txt"), []byte("c.txt"), 1)
	if got := listTar(damaged); got != "a.txt=甲\n"+
		"the .tar file is damaged here: the header of a file is broken: pack the files again" {
		t.Errorf(".tar with a broken header: %q", got)
	}
}

// TestBombs checks that no more than the bound comes out of a file, whatever the list of files
// says, and that the others are read.
func TestBombs(t *testing.T) {
	const size = 100 << 20
	zipped := zipOf(t, "a.txt", strings.Repeat("\x00", size), "b.txt", "乙")
	if got := listZip(zipped); got != "a.txt: "+archive.ErrBomb.Error()+"\nb.txt=乙" {
		t.Errorf("as the list says: %.100q", got)
	}
}

// TestManyBombs checks that files that are within the bound each don't exceed it together, and
// cost none that isn't like them.
func TestManyBombs(t *testing.T) {
	const size = 30 << 20
	bomb := strings.Repeat("\x00", size)
	files := []string{"first.txt", "甲"}
	for i := range 20 {
		files = append(files, fmt.Sprintf("%d.txt", i), bomb)
	}
	zipped := zipOf(t, append(files, "last.txt", "乙")...)
	var expanded int64
	read, bombs := "", 0
	for e, err := range archive.Zip(bytes.NewReader(zipped), int64(len(zipped)), budgetOf(zipped)) {
		var reason *archive.EntryError
		if errors.As(err, &reason) && reason.Reason == archive.ErrBomb {
			bombs++
			continue
		} else if err != nil {
			t.Fatal(err)
		}
		n, err := io.Copy(io.Discard, e)
		if expanded += n; err != nil && !errors.Is(err, archive.ErrBomb) {
			t.Error(err)
		}
		if n < size {
			read += e.Name
		}
	}
	if most := int64(64<<20 + 200*len(zipped)); expanded > most {
		t.Errorf("%d bytes of %d, want %d at most", expanded, len(zipped), most)
	}
	if read != "first.txtlast.txt" || bombs < 15 {
		t.Errorf("%q and %d bombs", read, bombs)
	}
}

// TestOverlap checks that files that share their bytes are refused.
func TestOverlap(t *testing.T) {
	content := ""
	for i := range 1000 {
		content += strconv.Itoa(i * i)
	}
	one := zipOf(t, "a.txt", content)
	z, err := zip.NewReader(readerOf(one))
	if err != nil {
		t.Fatal(err)
	}
	from, err := z.File[0].DataOffset()
	if err != nil {
		t.Fatal(err)
	}
	const end = 22
	directory := one[from+int64(z.File[0].CompressedSize64):]
	directory = directory[bytes.Index(directory, []byte("PK\x01\x02")) : len(directory)-end]
	const times = 5
	shared := append(bytes.Clone(one[:len(one)-end-len(directory)]), bytes.Repeat(directory, times)...)
	last := bytes.Clone(one[len(one)-end:])
	binary.LittleEndian.PutUint16(last[8:], times)
	binary.LittleEndian.PutUint16(last[10:], times)
	binary.LittleEndian.PutUint32(last[12:], uint32(times*len(directory)))
	if got := listZip(append(shared, last...)); got != archive.ErrOverlap.Error() {
		t.Errorf("%.200q", got)
	}
}

// TestHoles checks that the holes of a sparse file, of which a .tar archive has only the length,
// count as what it expands to.
func TestHoles(t *testing.T) {
	pax := ""
	for _, line := range []string{"GNU.sparse.numblocks=1", "GNU.sparse.map=0,0", "GNU.sparse.size=8589934592"} {
		pax += fmt.Sprintf("%d %s\n", len(line)+4, line)
	}
	tarred := tarHeader("pax", 'x', len(pax))
	tarred = append(tarred, pax...)
	tarred = append(tarred, make([]byte, 512-len(pax))...)
	tarred = append(tarred, tarHeader("a.txt", '0', 0)...)
	tarred = append(tarred, make([]byte, 1024)...)
	found := 0
	for e, err := range archive.Tar(bytes.NewReader(tarred), budgetOf(tarred)) {
		if err != nil {
			t.Fatal(err)
		}
		found++
		const most = 65 << 20
		if n, err := io.Copy(io.Discard, e); !errors.Is(err, archive.ErrBomb) || n > most {
			t.Errorf("%d bytes, error %v", n, err)
		}
	}
	if found != 1 {
		t.Errorf("%d files", found)
	}
}

func tarHeader(name string, kind byte, size int) []byte {
	header := make([]byte, 512)
	copy(header, name)
	copy(header[100:], fmt.Sprintf("0000644\x000000000\x000000000\x00%011o\x0000000000000\x00        %c", size, kind))
	copy(header[257:], "ustar\x0000")
	sum := 0
	for _, c := range header {
		sum += int(c)
	}
	copy(header[148:], fmt.Sprintf("%06o\x00 ", sum))
	return header
}

func TestDocument(t *testing.T) {
	b := zipOf(t, "[Content_Types].xml", "x", "word/document.xml", "x")
	for _, err := range archive.Zip(bytes.NewReader(b), int64(len(b)), budgetOf(b)) {
		var document *archive.ErrDocument
		if !errors.As(err, &document) || document.Kind != ".docx" {
			t.Errorf("%v", err)
		}
	}
}

func readerOf(b []byte) (io.ReaderAt, int64) { return bytes.NewReader(b), int64(len(b)) }

// FuzzArchives checks that nothing panics, that no name leads out of the archive, and that what
// comes out is bounded.
func FuzzArchives(f *testing.F) {
	f.Add(zipOf(f, "a.txt", "甲", "../b", "乙"))
	f.Add(tarOf(f, "a.txt", "甲", "/b", "乙"))
	f.Fuzz(func(t *testing.T, b []byte) {
		in := bytes.NewReader(b)
		all := []archive.Entries{archive.Zip(in, int64(len(b)), budgetOf(b)), archive.Tar(in, budgetOf(b))}
		for _, entries := range all {
			for e, err := range entries {
				if err != nil {
					continue
				}
				if strings.HasPrefix(e.Name, "/") || e.Name == "" || path.Clean("/"+e.Name) != "/"+e.Name {
					t.Errorf("name %q", e.Name)
				}
				const free, ratio = 65 << 20, 201
				if n, _ := io.Copy(io.Discard, e); n > free && n > ratio*int64(len(b)) {
					t.Errorf("%d bytes of %d", n, len(b))
				}
			}
		}
	})
}
