// SPDX-License-Identifier: Apache-2.0
package io.jobyard.status;

import io.jobyard.api.StatusReporter;
import io.jobyard.spi.access.AccessRule;

/** Status reporter that returns only data that one caller may see. */
class CallerStatusReporter implements StatusReporter, SeenJobs, SeenContents, SeenHistory, SeenUsage, SeenHosts {

    private final CallerSight view;

    CallerStatusReporter(CallerSight view) {
        this.view = view;
    }

    @Override
    public CallerSight view() {
        return view;
    }

    @Override
    public StatusReporter as(String user) {
        view.require(AccessRule.IMPERSONATE);
        return new CallerStatusReporter(new CallerSight(view.caller.as(user), view.access, view.all, false));
    }
}
