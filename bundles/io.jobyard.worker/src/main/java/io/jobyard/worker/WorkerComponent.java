// SPDX-License-Identifier: Apache-2.0
package io.jobyard.worker;

import io.jobyard.settings.api.Instance;
import io.jobyard.spi.Examiner;
import io.jobyard.spi.feed.CommitListener;
import io.jobyard.spi.queue.QueueManager;
import io.jobyard.spi.running.JobScheduler;
import io.jobyard.spi.running.RunMonitor;
import java.time.Clock;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Starts the workers. When the host stops, stops them before the bundles of handlers. */
@Component(service = {})
public final class WorkerComponent {

    private static final String[] SERVICES = {
        RunMonitor.class.getName(), Examiner.class.getName(), CommitListener.class.getName()
    };

    private final BundleContext context;
    private final SynchronousBundleListener hostStop = this::hostStops;
    private final WorkerEngine engine;
    private final ServiceRegistration<?> registration;

    @Activate
    public WorkerComponent(
            BundleContext context,
            @Reference HandlerRegistry handlers,
            @Reference WorkerStores stores,
            @Reference JobScheduler scheduler,
            @Reference QueueManager queue,
            @Reference Instance instance,
            @Reference Clock clock) {
        this.context = context;
        String version = context.getProperty("jobyard.version");
        engine = new WorkerEngine(
                handlers,
                stores,
                scheduler,
                queue,
                WorkerTime.real(clock),
                version == null ? context.getBundle().getVersion().toString() : version);
        if (instance.isNamed()) { // otherwise the process belongs to another program, as in Karaf
            engine.haltBy(ProcessHalt::now);
        }
        engine.start();
        context.addBundleListener(hostStop);
        registration = context.registerService(SERVICES, engine, null);
    }

    @Deactivate
    void stop() {
        context.removeBundleListener(hostStop);
        engine.stop();
        registration.unregister();
        engine.close();
    }

    private void hostStops(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            engine.stop();
        }
    }
}
