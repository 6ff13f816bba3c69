// SPDX-License-Identifier: Apache-2.0
package io.jobyard.operations;

import io.jobyard.api.ScheduleManager;
import io.jobyard.operations.api.MissingServiceException;
import io.jobyard.operations.api.Operation;
import io.jobyard.operations.api.OperationCall;
import io.jobyard.operations.api.OperationCall.CallOrigin;
import io.jobyard.operations.api.OperationCall.CallServices;
import io.jobyard.operations.api.OperationProvider;
import io.jobyard.operations.api.Operations;
import io.jobyard.spi.JobManagers;
import io.jobyard.spi.StatusReporters;
import io.jobyard.spi.access.Access;
import io.jobyard.spi.access.AccessRule;
import io.jobyard.spi.access.Caller;
import io.jobyard.spi.schedules.ScheduleManagers;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Registry of the operations of the host and of other bundles. */
@Component(service = Operations.class)
public final class OperationRegistry implements Operations {

    private static final Logger LOG = LoggerFactory.getLogger(OperationRegistry.class);

    private final JobManagers managers;
    private final StatusReporters reporters;
    private final Access access;
    private final Clock clock;
    private final List<Operation> own;
    private final Map<OperationProvider, List<Operation>> providers = new LinkedHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable ScheduleManagers schedules;
    private volatile List<Operation> contributed = List.of();
    private volatile List<Operation> all;

    @Activate
    public OperationRegistry(
            @Reference JobManagers managers,
            @Reference StatusReporters reporters,
            @Reference Access access,
            @Reference Clock clock,
            @Reference Submissions submissions,
            @Reference Administration administration) {
        this.managers = managers;
        this.reporters = reporters;
        this.access = access;
        this.clock = clock;
        own = Stream.of(
                        submissions.all(),
                        JobReadOperations.ALL,
                        JobChanges.ALL,
                        BulkJobOperations.ALL,
                        QueueOperations.ALL,
                        NamedSchedules.ALL,
                        HostReports.ALL,
                        administration.all())
                .flatMap(List::stream)
                .toList();
        all = own;
    }

    /** Sets the schedules. The operations of jobs work without them. */
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    public void setSchedules(ScheduleManagers added) {
        schedules = added;
    }

    /** Forgets the schedules of a bundle that stops. */
    public void unsetSchedules(ScheduleManagers removed) {
        if (schedules == removed) {
            schedules = null;
        }
    }

    private ScheduleManager schedules(Caller caller) {
        ScheduleManagers present = schedules;
        if (present == null) {
            throw new MissingServiceException(ScheduleManagers.class, "io.jobyard.schedules");
        }
        return present.of(caller);
    }

    @Override
    public List<Operation> all() {
        return all;
    }

    @Override
    public List<Operation> contributed() {
        return contributed;
    }

    @Override
    public Runnable onChange(Runnable listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    @Override
    public OperationCall call(Operation operation, Caller caller, Map<String, @Nullable Object> values) {
        CallServices services = new CallServices(
                managers.of(caller), reporters.of(caller), () -> schedules(caller), seen -> managers.of(caller, seen));
        return new OperationCall(
                caller,
                operation.check(values, clock.instant()),
                services,
                CallOrigin.LOCAL,
                (jobs, sent) -> services.jobs().submitAll(jobs));
    }

    /** Adds the operations of a bundle. */
    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    public synchronized void addProvider(OperationProvider provider) {
        List<Operation> accepted = new ArrayList<>();
        for (Operation each : provider.operations()) {
            Optional<String> fault = fault(each, accepted);
            fault.ifPresentOrElse(
                    why -> LOG.warn(
                            "Operation {} of {} refused: {}",
                            each.name(),
                            provider.getClass().getName(),
                            why),
                    () -> accepted.add(guarded(each)));
        }
        providers.put(provider, accepted);
        collect();
    }

    /** Removes the operations of a bundle. */
    public synchronized void removeProvider(OperationProvider provider) {
        providers.remove(provider);
        collect();
    }

    private void collect() {
        contributed = providers.values().stream().flatMap(List::stream).toList();
        all = Stream.concat(own.stream(), contributed.stream()).toList();
        listeners.forEach(Runnable::run);
    }

    private Optional<String> fault(Operation added, List<Operation> accepted) {
        if (added.rules().isEmpty()) {
            return Optional.of("it names no access rule; add one with needs");
        }
        return Stream.concat(all.stream(), accepted.stream())
                .filter(other ->
                        other.name().equals(added.name()) || address(other).equals(address(added)))
                .findFirst()
                .map(other -> "its name or its address " + address(added) + " is that of " + other.name());
    }

    private static String address(Operation operation) {
        return operation.method() + " " + operation.path().replaceAll("\\{[^}]+}", "{}");
    }

    /** Adds the check of access rules to another bundle's operation, which nothing else checks. */
    private Operation guarded(Operation operation) {
        return operation.with(call -> {
            for (AccessRule rule : operation.rules()) {
                access.require(call.caller(), rule);
            }
            return operation.answer(call);
        });
    }
}
