// SPDX-License-Identifier: Apache-2.0
package io.jobyard.shell;

import io.jobyard.views.api.MaintenanceView;
import picocli.CommandLine.Command;

@Command(
        name = "job:compact",
        description = "Return the disk space of deleted jobs to the operating system. The host pauses meanwhile, so"
                + " choose a quiet hour. The disk needs free space for a copy of the largest table.")
final class CompactCommand extends UserCommand {

    @Override
    LocalOnly local() {
        return new LocalOnly("log in to that machine and run bin/jobyard compact");
    }

    @Override
    Answer answer(CommandUser user) {
        user.maintain("compact", "");
        long bytes = user.host().maintenance().compact();
        return Answer.of(MaintenanceView.COMPACTION, bytes, "released: " + bytes + " bytes");
    }
}
