// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

/** Ends what a thread does for a host that is lost. */
final class HostLostError extends Error {

    private static final long serialVersionUID = 1L;

    /** With when it was lost, such as {@code right after step 'draft' was stored}. */
    HostLostError(String when) {
        super("the test host was killed " + when + ", as by kill -9: let this pass", null, false, false);
    }
}
