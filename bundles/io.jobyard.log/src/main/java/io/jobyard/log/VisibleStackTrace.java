// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.jobyard.spi.text.VisibleText;

/**
 * Converter {@code %visibleEx}: writes a stack trace whose lines all begin with a tab. No log line begins with a tab,
 * so no multi-line message can be mistaken for one.
 */
public final class VisibleStackTrace extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        String text = super.throwableProxyToString(thrown).replace(System.lineSeparator(), "\n");
        return "\t" + VisibleText.lines(text).stripTrailing().replace("\n", "\n\t") + "\n";
    }
}
