// SPDX-License-Identifier: Apache-2.0
/** Questions of newcomers, each with the pages of which one must be among the first three hits of the search. */
export const questions = [
  ['how do I upgrade?', 'how-to/upgrade'],
  ['why is my job waiting?', 'how-to/troubleshoot', 'how-to/inspect-jobs-and-hosts'],
  ['where do I put the API key?', 'how-to/call-a-model', 'how-to/secrets'],
  ['how do I install it?', 'how-to/install'],
  ['how do I back up my jobs?', 'how-to/back-up-and-restore'],
  ['how do I retry a failed job?', 'how-to/troubleshoot', 'how-to/bulk-operations'],
  ['run on kubernetes', 'how-to/deploy'],
  ['Derby or PostgreSQL?', 'how-to/choose-a-store'],
  ['does it run a job exactly once?', 'explanation/guarantees'],
  ['how is it different from Temporal?', 'explanation/comparison'],
  ['run a job every night', 'how-to/schedules'],
];
