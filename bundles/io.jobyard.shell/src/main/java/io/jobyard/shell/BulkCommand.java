// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.api.BulkStatus;
import java.time.Instant;
import java.util.List;

/** Lists, shows and stops bulk operations. */
final class BulkCommand {

    static final DerivedCommand COMMAND = new DerivedCommand(
                    "bulk", "Show the progress of bulk operations, or stop one. Changes made before the stop remain.")
            .form(Form.of("listBulks", BulkCommand::print))
            .form(Form.of("getBulk", BulkCommand::one).at("NR").named("number", "NR"))
            .form(Form.of("stopBulk", BulkCommand::one).at("--stop").named("number", "NR"))
            .flag("--stop", "Stop the operation before its next jobs.");

    private BulkCommand() {}

    private static void one(BulkStatus bulk, Screen screen) {
        print(List.of(bulk), screen);
    }

    private static void print(List<BulkStatus> bulks, Screen screen) {
        if (bulks.isEmpty()) {
            screen.line("no bulk operations yet");
            return;
        }
        Table table = new Table("NR", "ACTION", "JOBS", "BY", "ASKED", "DONE", "REFUSED", "STATE");
        for (BulkStatus bulk : bulks) {
            table.row(
                    String.valueOf(bulk.number()),
                    bulk.request().action().text(),
                    bulk.request().filter().toString(),
                    bulk.by(),
                    JobText.time(bulk.askedAt()),
                    String.valueOf(bulk.progress().done()),
                    String.valueOf(bulk.progress().refused()),
                    state(bulk));
        }
        table.print(screen);
        if (bulks.size() == 1 && bulks.get(0).progress().refusal() != null) {
            screen.line("the latest refusal: " + bulks.get(0).progress().refusal());
        }
    }

    private static String state(BulkStatus bulk) {
        Instant reached = bulk.progress().reached();
        if (bulk.stoppedBy() != null) {
            return (bulk.isFinished() ? "stopped by " : "is stopped by ") + bulk.stoppedBy();
        } else if (bulk.isFinished()) {
            return "over";
        }
        return reached == null ? "begins" : "at jobs of " + JobText.time(reached);
    }
}
