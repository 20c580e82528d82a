package wording

// Filters holds the names of the filters.
type Filters struct {
	Title, Active, Clear, Apply                        string
	SkipToResults, More                                string
	Time, CustomDates, AllTime                         string
	Date, From, To                                     string
	Publication, Page, PageName, Source, Section, Kind string
	Body, Caption, Table                               string
	Size                                               string
	Match, Anywhere                                    string
}

func newFilters(text translator) Filters {
	return Filters{
		Title:         text("筛选", "Filters"),
		Active:        text("已选的筛选条件", "Active filters"),
		Clear:         text("全部清除", "Clear all"),
		Apply:         text("看结果", "Show results"),
		SkipToResults: text("跳到结果", "Skip to results"),
		More:          text("更多条件", "More filters"),
		Time:          text("时间", "Time"),
		CustomDates:   text("自选日期", "Custom dates"),
		AllTime:       text("全部时间", "Any time"),
		Date:          text("日期", "Date"),
		From:          text("从", "From"),
		To:            text("到", "To"),
		Publication:   text("报纸", "Newspaper"),
		Page:          text("版次", "Page"),
		PageName:      text("版名", "Page name"),
		Source:        text("来源", "Source"),
		Section:       text("小标题", "Section"),
		Kind:          text("类型", "Type"),
		Body:          text("正文", "Body text"),
		Caption:       text("图片说明", "Caption"),
		Table:         text("表格", "Table"),
		Size:          text("每页", "Per page"),
		Match:         text("匹配", "Match"),
		Anywhere:      text("各词出现在文中任意位置", "all words anywhere"),
	}
}

// NameValue joins a filter's name and its value.
func (w *Words) NameValue(name, value string) string { return name + w.text("：", ": ") + value }

// RemoveFilter labels the link that removes a filter.
func (w *Words) RemoveFilter(name, value string) string {
	return w.text("去掉 ", "Remove ") + w.NameValue(name, value)
}

// DateSpan describes a filter by date; each end may be "".
func (w *Words) DateSpan(from, to string) string {
	switch {
	case from == to:
		return from
	case to == "":
		return w.text(from+" 起", "from "+from)
	case from == "":
		return w.text("到 "+to, "until "+to)
	}
	return from + w.text(" 至 ", " to ") + to
}
