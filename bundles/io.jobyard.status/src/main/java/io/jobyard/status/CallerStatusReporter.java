// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.Operation;

/** Tells one caller what it may see. */
class CallerStatusReporter implements StatusReporter, SeenJobs, SeenContents, SeenHistory, SeenUsage, SeenHosts {

    private final CallerView view;

    CallerStatusReporter(CallerView view) {
        this.view = view;
    }

    @Override
    public CallerView view() {
        return view;
    }

    @Override
    public StatusReporter as(String user) {
        view.require(Operation.IMPERSONATE);
        return new CallerStatusReporter(new CallerView(view.caller.as(user), view.access, view.all, false));
    }
}
