// SPDX-License-Identifier: Apache-2.0
package io.jobyard.benchmarks.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.jobyard.api.JobManager;
import io.jobyard.api.StatusReporter;
import io.jobyard.benchmarks.Measured;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Commands that measure slice by slice, so that a host can be seen to become compiled code. */
@Component(
        service = ColdCommands.class,
        property = {
            "osgi.command.scope=bench",
            "osgi.command.function=submitSlices",
            "osgi.command.function=drainSlices"
        })
public final class ColdCommands {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BundleContext context;
    private final JobManager jobs;
    private final FinishedCount progress;

    @Activate
    public ColdCommands(BundleContext context, @Reference JobManager jobs, @Reference StatusReporter status) {
        this.context = context;
        this.jobs = jobs;
        this.progress = new FinishedCount(status);
    }

    /** Submits so many slices of jobs from one thread and leaves them queued. */
    public String submitSlices(int slices, int slice, int batch, int bytes) throws Exception {
        return measure(
                slices,
                slice,
                at -> new Submitters(
                                jobs, slice, 1, batch, () -> Payloads.job(bytes).build())
                        .run());
    }

    /** Lets workers have what is queued until so many slices are completed. */
    public String drainSlices(int slices, int slice) throws Exception {
        long from = progress.completed();
        return Handling.during(
                context,
                Handling.NOTHING,
                () -> measure(slices, slice, at -> progress.await(from + (long) slice * at)));
    }

    private interface Slice {
        void run(int number) throws Exception;
    }

    private static String measure(int slices, int slice, Slice task) throws Exception {
        List<Measured> measured = new ArrayList<>();
        for (int i = 1; i <= slices; i++) {
            int number = i;
            measured.add(Measured.of(slice, () -> task.run(number)));
        }
        return JSON.writeValueAsString(measured);
    }
}
