// SPDX-License-Identifier: Apache-2.0
package io.jobyard.api;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * State of a file that was copied into {@code deploy/}. Snapshot.
 *
 * @param name the file's name
 * @param bundle symbolic name and version of the bundle in the file; null if the file contains no bundle
 * @param detail its handlers, or the reason why they serve no jobs, in one line
 * @param servesOn symbolic name and version of the file's previous bundle, which serves until the new bundle can serve; null if not
 * applicable
 * @param fix action to take; empty if no action is needed
 */
public record DeployedFile(
        String name,
        @Nullable String bundle,
        State state,
        String detail,
        @Nullable String servesOn,
        String fix) {

    /** Kind of state. */
    public enum State {
        /** The host has not processed the file yet. */
        WAITING,
        /** Rejected; the detail contains the reason. */
        REFUSED,
        /** Deployed and working, but its handlers get no jobs now, because of the configuration or a quarantine. */
        HELD,
        /** Deployed without a handler: a library or an API. */
        RESOLVED,
        /** Deployed, and its handlers get jobs. */
        IN_USE;

        /** {@return the text form of the state: the lower-case name, with spaces between words} */
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /**
     * {@return everything except the fix, in one line, for example {@code deploy/words.jar: com.acme.words 1.2.0 is in use: word_count
     * 1.2.0}}
     */
    public String line() {
        String file = "deploy/" + name;
        if (state == State.REFUSED) {
            return file + (bundle == null ? "" : " (" + bundle + ")") + " is not in use: " + detail
                    + (servesOn == null ? "" : "; " + servesOn + " serves on");
        }
        return file + ": " + (bundle == null ? "it" : bundle) + " is " + state.text() + ": " + detail;
    }
}
