// SPDX-License-Identifier: Apache-2.0
package io.jobyard.store.jpa;

import io.jobyard.api.DependencyPolicy;
import io.jobyard.api.Job;
import io.jobyard.api.JobId;
import io.jobyard.api.JobSpecification;
import io.jobyard.api.JobSpecificationBuilder;
import io.jobyard.api.JobyardException;
import io.jobyard.api.LogLine;
import io.jobyard.api.Reason;
import io.jobyard.api.RunUse;
import io.jobyard.api.StepKind;
import io.jobyard.api.StreamPiece;
import io.jobyard.api.Submission;
import io.jobyard.spi.jobs.Assignment;
import io.jobyard.spi.jobs.StoredJob;
import io.jobyard.spi.limits.LimitKey;
import io.jobyard.spi.limits.LimitKind;
import io.jobyard.spi.limits.LimitStore;
import io.jobyard.spi.limits.LimitUse;
import io.jobyard.spi.running.Outcome;
import io.jobyard.spi.steps.RunOutput;
import io.jobyard.spi.steps.StoredSignal;
import io.jobyard.spi.steps.StoredStep;
import io.jobyard.spi.steps.WorkStore;
import io.jobyard.spi.store.AdmittedJob;
import io.jobyard.spi.store.JobStore;
import io.jobyard.testkit.SettableClock;
import io.jobyard.testkit.store.Draft;
import io.jobyard.testkit.store.Moves;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Two lives of a host with everything in them. Whoever is refused asks again, as people and hosts do. */
final class Script {

    static final int CHILDREN = 66;
    private static final int TIMEOUT = 50;

    private final DatabaseFixture rig;
    private final SettableClock clock = new SettableClock(Draft.T0);
    private final Told told = new Told();
    private int submits;

    Script(DatabaseFixture rig) {
        this.rig = rig;
    }

    Told told() {
        return told;
    }

    /** The first life, which ends with runs under way. */
    void live(Books books) throws Exception {
        try (HostFixture host = open()) {
            submit(host, job("a").key("ka").name("a"), job("b").name("b").dependsOn("a"), job("c").dependsOn("a", "b"));
            submit(host, job("x").key("kx"));
            submitTwice(host);
            insist("pause", () -> host.pause("slow"));
            told.paused = "slow";
            submit(
                    host,
                    job("s").queue("slow"),
                    job("cq").queue("slow"),
                    job("e").queue("slow").expires(in(5)));
            submit(host, job("f").maxRetries(0).name("f"), after("g", DependencyPolicy.FAIL));
            submit(host, job("r").maxRetries(1), job("l"), job("z"), job("n"), job("t").notBefore(in(10)));
            submitMany(host);
            insist("cancel", () -> host.manager().cancel(told.id("cq")));
            books.compare(host);
            startAtOnce(host);
            work(host, true);
            submit(host, job("h1"), job("h2").key("kh"), job("h3"), job("h4"));
            List<Assignment> running = start(host, 4);
            insist("cancel a run", () -> host.manager().cancel(told.id("h3")));
            log(host, running.get(0));
            keep(host, run(running, "h1"));
            rest(host, run(running, "h2"));
            admit(host, run(running, "h4"));
            books.compare(host);
        }
    }

    /** The second life, in which everything comes to its end. */
    void liveOn(Books books) throws Exception {
        clock.advance(Duration.ofSeconds(20));
        try (HostFixture host = open()) {
            books.compare(host);
            insist("retry", () -> host.manager().retry(told.id("f")));
            insist("resume", () -> host.resume("slow"));
            told.paused = null;
            work(host, false);
            books.compare(host);
        }
    }

    private HostFixture open() {
        HostFixture host = insist("start of the host", () -> HostFixture.open(rig, clock));
        insist("recovery", () -> {
            while (host.recover()) {
                // on
            }
            return true;
        });
        return host;
    }

    private static JobSpecificationBuilder job(String name) {
        return JobSpecification.type("work").payload(Map.of("text", name)).label("job", name);
    }

    private static JobSpecificationBuilder after(String name, DependencyPolicy policy) {
        return job(name).dependsOn("f").ifDependencyFails(policy);
    }

    private java.time.Instant in(int seconds) {
        return clock.instant().plusSeconds(seconds);
    }

    private List<Submission> submit(HostFixture host, JobSpecificationBuilder... jobs) {
        List<Submission> answers = insist("submit", () -> {
            String number = String.valueOf(++submits);
            try {
                List<JobSpecification> all = new ArrayList<>();
                for (JobSpecificationBuilder job : jobs) {
                    all.add(job.label("submit", number).build());
                }
                return host.manager().submitAll(all);
            } catch (RuntimeException e) {
                told.refused.add(submits);
                throw e;
            }
        });
        for (int n = 0; n < jobs.length; n++) {
            told.jobs.putIfAbsent(
                    jobs[n].build().identity().labels().get("job"),
                    answers.get(n).id());
        }
        return answers;
    }

    private void submitTwice(HostFixture host) {
        Submission again = submit(host, job("x").key("kx")).get(0);
        if (!again.duplicate() || !again.id().equals(told.id("x"))) {
            throw new AssertionError("the key kx is taken twice: " + again);
        }
    }

    private void submitMany(HostFixture host) {
        List<JobSpecificationBuilder> family = new ArrayList<>(List.of(job("p").name("p")));
        for (int n = 0; n < CHILDREN; n++) {
            family.add(job("p" + n).dependsOn("p"));
        }
        submit(host, family.toArray(JobSpecificationBuilder[]::new));
    }

    private void useLimit(HostFixture host) {
        LimitUse use = new LimitUse(new LimitKey(LimitKind.LIMIT, "tokens", "tokens"), in(60), 2.5, 0);
        insist(
                "use of a limit",
                () -> host.store()
                        .service(LimitStore.class)
                        .remember(List.of(use))
                        .get(60, TimeUnit.SECONDS));
        told.use = use;
    }

    /** Jobs that start in the commit that admits them. */
    private void startAtOnce(HostFixture host) throws Exception {
        List<Assignment> runs = insist("first claim", () -> host.startAdmitted(2));
        submit(host, job("i1").priority(1), job("i2").priority(1));
        insist("last claim", () -> host.startAdmitted(0));
        useLimit(host); // answered after the runs have come
        end(host, runs, true);
    }

    private void log(HostFixture host, Assignment run) {
        for (String text : List.of("one", "two")) {
            LogLine line = new LogLine(
                    clock.instant(), run.stored().job().state().run().number(), text);
            JobId id = run.stored().id();
            insist(
                    "log",
                    () -> host.store()
                            .service(JobStore.class)
                            .log(id, List.of(line))
                            .get(60, TimeUnit.SECONDS));
            told.lines.computeIfAbsent(id, any -> new ArrayList<>()).add(text);
        }
    }

    private void keep(HostFixture host, Assignment run) {
        JobId id = run.stored().id();
        WorkStore work = host.store().service(WorkStore.class);
        int number = run.stored().run();
        for (int n = 1; n <= 2; n++) {
            StoredStep step = StoredStep.done(n, "step " + n, number, clock.instant(), clock.instant(), "1");
            Job job = run.stored().job();
            RunUse use = new RunUse(
                    new RunUse.MeteredRun(id, number, Draft.T0, job.submitter(), job.type(), null, Map.of()),
                    "of-" + step.number(),
                    1,
                    null);
            yes("step", () -> work.keep(run, List.of(step), RunOutput.used(List.of(use))));
            told.steps.merge(id, 1, Integer::sum);
            told.uses.merge(id, 1, Integer::sum);
            StreamPiece piece = new StreamPiece(0, number, clock.instant(), "piece " + n);
            yes("piece", () -> work.emit(run, List.of(piece)));
            told.streams.merge(id, piece.text(), String::concat);
        }
        StoredStep sleep = StoredStep.begun(3, "sleep 1", StepKind.SLEEP, number, clock.instant(), in(1), null);
        yes("wait", () -> work.keep(run, List.of(sleep), RunOutput.NONE));
        yes("end of a wait", () -> work.end(run, sleep.ended(clock.instant(), null, null), RunOutput.NONE));
        told.steps.merge(id, 1, Integer::sum);
    }

    private Assignment run(List<Assignment> running, String name) {
        return running.stream()
                .filter(run -> run.stored().id().equals(told.id(name)))
                .findFirst()
                .orElseThrow();
    }

    /** A run submits jobs to wait for them, and does not come to its wait. */
    private void admit(HostFixture host, Assignment run) {
        List<AdmittedJob> children = Stream.of("child1", "child2")
                .map(name -> Draft.job()
                        .type("work")
                        .labels(Map.of("job", name, "submit", "0"))
                        .admitted())
                .toList();
        List<JobId> ids = children.stream().map(child -> child.stored().id()).toList();
        StoredStep wait = StoredStep.begun(
                        1, "children 1", StepKind.CHILDREN, run.stored().run(), clock.instant(), null, null)
                .of(ids);
        yes("children", () -> host.store().service(WorkStore.class).admit(run, wait, children));
        told.jobs.put("child1", ids.get(0));
        told.jobs.put("child2", ids.get(1));
        told.steps.put(run.stored().id(), 1);
    }

    /** A run that ends by a wait, and a signal that wakes its job. */
    private void rest(HostFixture host, Assignment run) {
        StoredJob job = run.stored();
        WorkStore work = host.store().service(WorkStore.class);
        StoredStep wait = StoredStep.begun(1, "signal go", StepKind.SIGNAL, job.run(), clock.instant(), in(600), "go");
        yes("rest", () -> work.rest(Moves.delay(job, Reason.SIGNAL, in(600)), Moves.queue(job), wait));
        told.steps.put(job.id(), 1);
        told.taken.add(name(run));
        StoredSignal signal = new StoredSignal(0, "go", clock.instant(), "ann", false, "1");
        yes("signal", () -> work.signal(job.id(), signal, Moves::queue));
        told.signals.put(job.id(), 1);
    }

    private void yes(String what, Supplier<CompletableFuture<Boolean>> change) {
        if (!insist(what, () -> change.get().get(60, TimeUnit.SECONDS))) {
            throw new AssertionError(what + " is not taken");
        }
    }

    private List<Assignment> start(HostFixture host, int count) {
        List<Assignment> started = new ArrayList<>();
        for (int n = 0; started.size() < count; n++) {
            if (n == TIMEOUT) {
                throw new AssertionError(count + " are to start, but only these do: " + started);
            }
            started.addAll(insist("start", () -> host.claim(count)));
        }
        return started;
    }

    /** Does what is to be done until nothing is; time goes on by a second when nothing is. */
    private void work(HostFixture host, boolean first) throws Exception {
        for (int quiet = 0; quiet < 4; ) {
            boolean more = insist("chores", host::tidy);
            List<Assignment> started = insist("start", () -> host.claim(64));
            end(host, started, first);
            if (more || !started.isEmpty()) {
                quiet = 0;
            } else {
                quiet++;
                clock.advance(Duration.ofMillis(1_000));
            }
        }
    }

    private void end(HostFixture host, List<Assignment> runs, boolean twice) throws Exception {
        Map<Assignment, CompletableFuture<Boolean>> answers = new LinkedHashMap<>();
        runs.forEach(run -> answers.put(run, host.finish(run, outcome(run))));
        for (Map.Entry<Assignment, CompletableFuture<Boolean>> answer : answers.entrySet()) {
            if (answer.getValue().get(60, TimeUnit.SECONDS)) {
                told.taken.add(name(answer.getKey()));
            }
        }
        for (Assignment run : twice ? runs.subList(0, Math.min(1, runs.size())) : List.<Assignment>of()) {
            if (host.finish(run, new Outcome.Completed("{\"late\":1}")).get(60, TimeUnit.SECONDS)) {
                throw new AssertionError("a second outcome of " + name(run) + " is taken");
            }
        }
    }

    private static String name(Assignment run) {
        return run.stored().id() + ":" + run.stored().job().state().run().number();
    }

    private static Outcome outcome(Assignment run) {
        boolean first = run.stored().job().state().run().number() == 1;
        Duration soon = Duration.ofSeconds(1);
        Outcome completed = new Outcome.Completed(
                "{\"run\":" + run.stored().job().state().run().number() + "}");
        return switch (first ? run.stored().job().terms().identity().labels().get("job") : "") {
            case "f" -> new Outcome.Failed("broken", true, null);
            case "r" -> new Outcome.Failed("broken", false, soon);
            case "l" -> new Outcome.RateLimited(soon, "too many");
            case "z" -> new Outcome.Slept(soon, "tired");
            case "n" -> new Outcome.GivenBack("not begun");
            default -> completed;
        };
    }

    private <T> T insist(String what, Callable<T> step) {
        Throwable last = null;
        for (int n = 0; n < TIMEOUT; n++) {
            clock.advance(Duration.ofMillis(1));
            try {
                return step.call();
            } catch (JobyardException
                    | CompletionException
                    | SQLException
                    | java.util.concurrent.ExecutionException e) {
                last = e;
            } catch (Exception e) {
                throw new AssertionError(what + " fails", e);
            }
        }
        throw new AssertionError(what + " is refused for ever", last);
    }
}
