// The yardstick for start times: the least that a natively compiled program does.
Console.WriteLine("hello");
