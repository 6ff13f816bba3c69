// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.io.FilterOutputStream;

/**
 * Writes to the standard error that the process has when logging begins. Later, the shell replaces {@code System.err} by one
 * that leads to the session of the current thread, and a warning would appear among the output of a command.
 */
public final class ProcessConsole extends OutputStreamAppender<ILoggingEvent> {

    @Override
    public void start() {
        setOutputStream(new FilterOutputStream(System.err) {
            @Override
            public void close() {
                // the process keeps its standard error when logging ends
            }
        });
        super.start();
    }
}
