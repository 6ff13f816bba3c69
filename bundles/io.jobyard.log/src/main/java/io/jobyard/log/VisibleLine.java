// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.jobyard.spi.text.VisibleText;

/** Converter {@code %visible(…)}: writes the text in brackets on one line and escapes every invisible character. */
public final class VisibleLine extends CompositeConverter<ILoggingEvent> {

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return VisibleText.line(text);
    }
}
