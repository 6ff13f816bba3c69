// SPDX-License-Identifier: Apache-2.0
package io.jobyard.schedules;

import io.jobyard.api.ScheduleEvent;
import io.jobyard.api.ScheduleListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the results of scheduled times to all listeners. */
@Component(service = ScheduleEvents.class)
public final class ScheduleEvents {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleEvents.class);

    private final List<ScheduleListener> listeners = new CopyOnWriteArrayList<>();

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bind(ScheduleListener listener) {
        listeners.add(listener);
    }

    void unbind(ScheduleListener listener) {
        listeners.remove(listener);
    }

    void tell(ScheduleEvent event) {
        switch (event.kind()) {
            case FIRED ->
                LOG.debug(
                        "Schedule submitted a job: schedule={} job={}",
                        event.fire().schedule(),
                        event.job());
            case MISSED ->
                LOG.warn(
                        "Schedule missed scheduled times: schedule={} count={} last={}",
                        event.fire().schedule(),
                        event.times(),
                        event.at());
            case SKIPPED -> LOG.info("Schedule {} skips {}: {}", event.fire().schedule(), event.at(), event.why());
            case REFUSED ->
                LOG.warn(
                        "Schedule submits no jobs for scheduled times: schedule={} count={} last={} reason={}",
                        event.fire().schedule(),
                        event.times(),
                        event.at(),
                        event.why());
        }
        for (ScheduleListener listener : listeners) {
            try {
                listener.seen(event);
            } catch (RuntimeException | Error e) { // for example, a class that the listener's bundle lacks
                LOG.warn("Schedule listener failed on {}", event, e);
            }
        }
    }
}
