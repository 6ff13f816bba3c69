// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

/** Ends the work of a thread for a lost host. */
final class HostLostError extends Error {

    private static final long serialVersionUID = 1L;

    /** {@code when} describes the moment, for example {@code right after step 'draft' was stored}. */
    HostLostError(String when) {
        super("the test host was killed " + when + ", as by kill -9: let this pass", null, false, false);
    }
}
