// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import java.util.function.Consumer;

/** Splitter of output into lines. Confined to one thread. */
final class LineLog implements Consumer<String> {

    private static final int LONGEST = 1_000;

    private final Consumer<String> log;
    private final StringBuilder line = new StringBuilder();

    LineLog(Consumer<String> log) {
        this.log = log;
    }

    @Override
    public void accept(String piece) {
        for (int i = 0; i < piece.length(); i++) {
            char next = piece.charAt(i);
            if (next == '\n') {
                end();
            } else {
                line.append(next);
                if (line.length() >= LONGEST && !Character.isHighSurrogate(next)) {
                    end();
                }
            }
        }
    }

    /** Emits the last, unfinished line, unless it is empty. */
    void end() {
        if (!line.isEmpty()) {
            log.accept(line.toString().stripTrailing());
            line.setLength(0);
        }
    }
}
