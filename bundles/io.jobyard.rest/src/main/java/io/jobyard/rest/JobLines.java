// SPDX-License-Identifier: Apache-2.0
package io.jobyard.rest;

import io.jobyard.operations.api.PlacedList;
import io.jobyard.views.api.JsonReader;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Objects of a body with one JSON object per line. Each access parses its line again, so that memory never holds all objects. */
final class JobLines extends AbstractList<Map<String, Object>> implements PlacedList {

    /** Media type of a body with one JSON object per line. */
    static final String TYPE = "application/x-ndjson";

    private record SentLine(int number, String text) {}

    private final List<SentLine> lines = new ArrayList<>();

    JobLines(String body) {
        int number = 0;
        for (String line : (Iterable<String>) body.lines()::iterator) {
            number++;
            if (!line.isBlank()) {
                lines.add(new SentLine(number, line));
            }
        }
    }

    @Override
    public Map<String, Object> get(int index) {
        return JsonReader.line(place(index), lines.get(index).text());
    }

    @Override
    public int size() {
        return lines.size();
    }

    @Override
    public String place(int index) {
        return "line " + lines.get(index).number();
    }
}
