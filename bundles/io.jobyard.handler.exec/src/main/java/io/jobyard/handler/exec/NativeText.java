// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.nio.charset.Charset;
import java.util.Collection;

/**
 * Check of texts that Java passes to programs. Java replaces characters that the locale does not have by question
 * marks.
 */
final class NativeText {

    private static final int FIRST_OF_ITS_OWN = 18;

    private NativeText() {}

    /** Returns the character set of the locale in which the host was started, which Java uses for programs. */
    static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding");
        return Runtime.version().feature() < FIRST_OF_ITS_OWN || name == null
                ? Charset.defaultCharset()
                : Charset.forName(name);
    }

    /** Throws if one of the texts would change. */
    static void require(Collection<String> texts, Charset charset) {
        for (String text : texts) {
            if (!charset.newEncoder().canEncode(text)) {
                throw new PermanentException(
                        "arguments contain characters that are not in the host's locale (" + charset
                                + "): start the host with LC_ALL=C.UTF-8, or remove unpaired surrogates from the payload");
            }
        }
    }
}
