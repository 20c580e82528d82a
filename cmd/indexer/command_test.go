package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"

	"xunwen/internal/analyzer/analyzertest"
	"xunwen/internal/cli"
)

const (
	recordA = `{"id":"a","title":"俄罗斯与美国举行对话","text":"双方未就北约东扩问题达成一致。"}` + "\n"
	recordB = `{"id":"b","title":"欧盟峰会闭幕","text":"各国领导人离开布鲁塞尔。"}` + "\n"
	recordC = `{"id":"c","title":"雾岭茶节开幕"}` + "\n"
	unknown = `{"id":"c","title":"丙","text":"文","colour":"red"}` + "\n"
	noPage  = "\n \n\x00\n"
)

// outcome is the output and exit code of a command.
type outcome struct {
	code     int
	out, err string
}

// command runs the program in a folder with the given files.
func command(t *testing.T, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	t.Chdir(t.TempDir())
	return again(t, files, stdin, args...)
}

// again runs the program in the folder of the last command, with small dictionaries, since
// loading the full ones would take most of the time.
func again(t *testing.T, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	return runIn(t, analyzertest.Frequent(t), files, stdin, args...)
}

// runIn runs the program in the folder of the last command with the given dictionaries; nil
// means its own.
func runIn(t *testing.T, dictionaries fs.FS, files map[string]string, stdin string, args ...string) outcome {
	t.Helper()
	for name, content := range files {
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return runUntil(t.Context(), dictionaries, stdin, args...)
}

// runUntil runs the program as its main function does, until it ends or ctx is done.
func runUntil(ctx context.Context, dictionaries fs.FS, stdin string, args ...string) outcome {
	var out, stderr bytes.Buffer
	err := runWith(ctx, dictionaries, args, strings.NewReader(stdin), &out, &stderr)
	if err != nil {
		cli.PrintError(&stderr, program, args, err)
	}
	return outcome{cli.ExitCode(err), out.String(), stderr.String()}
}

func gz(t *testing.T, s string) string {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write([]byte(s)); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func zst(t *testing.T, s string) string {
	t.Helper()
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	return string(w.EncodeAll([]byte(s), nil))
}
