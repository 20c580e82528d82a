package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"text/tabwriter"

	"github.com/dustin/go-humanize"

	"xunwen/internal/build"
	"xunwen/internal/cli"
	"xunwen/internal/source"
)

// result is the summary of a build.
type result struct {
	build.Summary
	Rejected      int     `json:"rejected"`
	LowConfidence int     `json:"low_confidence"`    // files with an article of low confidence
	Formats       missing `json:"formats,omitempty"` // articles by format, and what they lack
	MBPerSecond   float64 `json:"mb_per_second"`     // 10^6 bytes of text
	IndexPerText  float64 `json:"index_per_text"`    // bytes of index for each byte of text

	PublishSeconds float64 `json:"publish_seconds,omitempty"` // in a cluster, after the others
}

func newResult(s build.Summary, rejected, lowConfidence int) result {
	r := result{Summary: s, Rejected: rejected, LowConfidence: lowConfidence}
	if s.Seconds > 0 {
		r.MBPerSecond = float64(s.TextBytes) / 1e6 / s.Seconds
	}
	if s.TextBytes > 0 {
		r.IndexPerText = float64(s.IndexBytes) / float64(s.TextBytes)
	}
	return r
}

func (r result) print(w io.Writer, asJSON bool) error {
	if asJSON {
		return json.NewEncoder(w).Encode(r)
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintf(t, "generation\t%s\n", r.Generation)
	fmt.Fprintf(t, "articles\t%s\n", humanize.Comma(int64(r.Articles)))
	fmt.Fprintf(t, "paragraphs\t%s\n", humanize.Comma(int64(r.Paragraphs)))
	fmt.Fprintf(t, "rejected\t%s\n", humanize.Comma(int64(r.Rejected)))
	fmt.Fprintf(t, "low confidence\t%s\n", humanize.Comma(int64(r.LowConfidence)))
	for _, in := range r.Formats {
		fmt.Fprintf(t, "from %s\t%s\n", in.Format, in)
	}
	fmt.Fprintf(t, "replaced\t%s\n", humanize.Comma(int64(r.Replaced)))
	if r.Removed > 0 {
		fmt.Fprintf(t, "removed\t%s\n", humanize.Comma(int64(r.Removed)))
	}
	fmt.Fprintf(t, "seconds\t%.1f\n", r.Seconds)
	if r.PublishSeconds > 0 {
		fmt.Fprintf(t, "seconds to publish\t%.1f\n", r.PublishSeconds)
	}
	fmt.Fprintf(t, "MB/s\t%.2f\n", r.MBPerSecond)
	fmt.Fprintf(t, "index / text\t%s / %s = %.2f\n",
		humanize.Bytes(uint64(r.IndexBytes)), humanize.Bytes(uint64(r.TextBytes)), r.IndexPerText)
	return t.Flush()
}

// publishedBut adds to an error after publishing what was published, unless it says that.
func publishedBut(generation string, err error) error {
	if err == nil || isPublishedInFolder(err) {
		return err
	}
	return fmt.Errorf("%s is published, but: %w", generation, err)
}

// report writes every reject and finally the summary to the file of --report, as
// JSON Lines. Without a file it does nothing.
type report struct {
	file *os.File
	out  *bufio.Writer
	json *json.Encoder
	err  error // the first one
}

// newReport opens the file. A report that would overwrite an input is wrong
// usage.
func newReport(path string, inputs []source.Input) (*report, error) {
	if path == "" {
		return &report{}, nil
	}
	if old, err := os.Stat(path); err == nil {
		for _, in := range inputs {
			if info, err := os.Stat(in.Path); err == nil && os.SameFile(old, info) {
				return nil, cli.Usagef("--report %s is one of the inputs and would be overwritten", path)
			}
		}
	}
	f, err := os.OpenFile(path, os.O_CREATE|os.O_WRONLY, 0o644)
	if err != nil {
		return nil, fmt.Errorf("--report: %w", err)
	}
	out := bufio.NewWriter(f)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	return &report{file: f, out: out, json: enc}, nil
}

// begin truncates the file. Before this build has locked the index, the file may
// belong to another build in progress.
func (r *report) begin() {
	if r.file != nil && r.err == nil {
		r.out.Reset(r.file)
		r.err = truncate(r.file)
	}
}

// truncate empties a regular file; devices and pipes can't be truncated.
func truncate(f *os.File) error {
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() {
		return err
	}
	_, err = f.Seek(0, io.SeekStart)
	return errors.Join(err, f.Truncate(0))
}

func (r *report) add(line any) {
	if r.file != nil && r.err == nil {
		r.err = r.json.Encode(line)
	}
}

func (r *report) close() error {
	if r.file == nil {
		return nil
	}
	if err := errors.Join(r.err, r.out.Flush(), r.file.Close()); err != nil {
		return fmt.Errorf("--report: %w", err)
	}
	return nil
}
