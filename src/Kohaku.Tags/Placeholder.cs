namespace Kohaku.Tags;
