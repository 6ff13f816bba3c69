// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProcessConsoleTest {

    @Test
    void aLaterStandardErrorGetsNothing() {
        PrintStream before = System.err;
        ByteArrayOutputStream process = new ByteArrayOutputStream();
        ByteArrayOutputStream session = new ByteArrayOutputStream();
        try {
            System.setErr(new PrintStream(process, true));
            LoggerContext context = new LoggerContext();
            context.setMDCAdapter(new LogbackMDCAdapter());
            PatternLayoutEncoder encoder = new PatternLayoutEncoder();
            encoder.setContext(context);
            encoder.setPattern("%msg%n");
            encoder.start();
            ProcessConsole console = new ProcessConsole();
            console.setContext(context);
            console.setEncoder(encoder);
            console.start();
            System.setErr(new PrintStream(session, true));
            context.getLogger("io.jobyard").addAppender(console);
            context.getLogger("io.jobyard").warn("disk is full");
            console.stop();
        } finally {
            System.setErr(before);
        }
        assertThat(process).hasToString("disk is full" + System.lineSeparator());
        assertThat(session.toString()).isEmpty();
    }
}
