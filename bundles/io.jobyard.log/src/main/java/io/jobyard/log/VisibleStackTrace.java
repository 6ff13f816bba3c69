// SPDX-License-Identifier: Apache-2.0
package io.jobyard.log;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.jobyard.spi.text.VisibleText;

/**
 * {@code %visibleEx}: a stack trace of which each line begins with a tab. No line of the log does, so that no message in
 * it, however many lines it has, can be taken for one.
 */
public final class VisibleStackTrace extends ThrowableProxyConverter {

    @Override
    protected String throwableProxyToString(IThrowableProxy thrown) {
        String text = super.throwableProxyToString(thrown).replace(System.lineSeparator(), "\n");
        return "\t" + VisibleText.lines(text).stripTrailing().replace("\n", "\n\t") + "\n";
    }
}
