// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.exec;

import io.jobyard.api.handler.PermanentException;
import java.nio.charset.Charset;
import java.util.Collection;

/** Texts as Java gives them to programs: it writes a question mark for what the locale does not have. */
final class NativeText {

    private static final int FIRST_OF_ITS_OWN = 18;

    private NativeText() {}

    /** The characters that Java gives to programs, by the locale that the host was started with. */
    static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding");
        return Runtime.version().feature() < FIRST_OF_ITS_OWN || name == null
                ? Charset.defaultCharset()
                : Charset.forName(name);
    }

    /** Throws if one of the texts would arrive as another. */
    static void require(Collection<String> texts, Charset charset) {
        for (String text : texts) {
            if (!charset.newEncoder().canEncode(text)) {
                throw new PermanentException(
                        "arguments have characters that the host's locale (" + charset
                                + ") has not: start the host with LC_ALL=C.UTF-8, or without half a surrogate pair in the payload");
            }
        }
    }
}
