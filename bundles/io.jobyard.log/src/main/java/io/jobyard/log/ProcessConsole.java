// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;

/**
 * Appender for the standard error that the process has when logging begins. The shell later replaces {@code System.err}
 * by a stream to the session of the current thread, and a warning would appear in the output of a command.
 */
public final class ProcessConsole extends OutputStreamAppender<ILoggingEvent> {

    @Override
    public void start() {
        setOutputStream(new FilterOutputStream(System.err) {
            @Override
            public void close() {
                // keep the process's standard error open when logging stops
            }
        });
        super.start();
    }
}
