// SPDX-License-Identifier: Apache-2.0
package io.jobyard.testkit.host;

import io.jobyard.api.Reason;
import java.util.List;
import java.util.Map;

class TripContractTest extends HandlerContract {

    @Override
    protected List<HandlerExample> examples() {
        return List.of(trip(true), trip(false));
    }

    private static HandlerExample trip(boolean isApproved) {
        Trip.Office office = new Trip.Office();
        return HandlerExample.of(() -> new Trip(office), Map.of("to", "Italy"))
                .and("hotel", Trip.Office.hotel())
                .waiting(job -> answer(job, office, isApproved))
                .outside(() -> office.booked);
    }

    private static void answer(TestJob job, Trip.Office office, boolean isApproved) {
        if (job.reason() == Reason.CALLBACK) {
            job.answer(office.token, "receipt 7");
        } else if (isApproved) {
            job.signal("approved", true);
        }
    }
}
