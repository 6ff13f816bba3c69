// SPDX-License-Identifier: Apache-2.0
package io.jobyard.handler.llm.summary;

import io.jobyard.api.handler.RunProgress;

/** Progress reports with the number of finished calls. */
final class CallCount {

    private final RunProgress context;
    private int expected;
    private int first;
    private int ended;

    CallCount(RunProgress context) {
        this.context = context;
    }

    /** Announces the next calls. All earlier calls are finished. */
    synchronized void expect(int calls) {
        expected += calls;
        first = expected;
        ended = 0;
    }

    /**
     * Records a call.
     *
     * @param number number of the call, from 0. Earlier runs made the calls before the first reported one
     */
    synchronized void begun(int number, String step) {
        first = Math.min(first, number);
        context.progress(first + ended, expected, step);
    }

    synchronized void ended(String step) {
        ended++;
        context.progress(first + ended, expected, step);
    }
}
